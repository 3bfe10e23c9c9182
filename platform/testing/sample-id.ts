import { crockford } from '#contracts/ids.ts';

/** A valid ULID of its own for every number; a larger number sorts later. */
export function sampleId(number: number): string {
  let rest = number;
  let tail = '';
  for (let digit = 0; digit < 6; digit += 1) {
    tail = `${crockford[rest % 32]}${tail}`;
    rest = Math.floor(rest / 32);
  }
  return `01K0A1B2C3D4E5F6G7H8${tail}`;
}
