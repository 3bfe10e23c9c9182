import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openExif } from './exif.ts';
import { camera, takenAt, takenNear } from './taken.ts';

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: number;
}

/** A block whose first directory has these entries, and `rest` behind it. */
function blockOf(entries: readonly Entry[], rest: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(10 + entries.length * 12);
  head.write('II*\0');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  entries.forEach(({ tag, type, count, value }, index) => {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
  });
  return Buffer.concat([head, rest]);
}

/** Everything that is asked of a photo's EXIF block. */
function ask(exif: Uint8Array) {
  const opened = openExif(exif);
  return {
    takenAt: takenAt(opened),
    camera: camera(opened),
    near: takenNear(opened, { lat: 37.7, lng: -119.6 }, 2000),
  };
}

const anyEntry = fc.record({
  tag: fc.constantFrom(0x010f, 0x0110, 0x8769, 0x8825, 0x9003, 0x9011, 1, 2, 3, 4),
  type: fc.constantFrom(2, 4, 5, 0, 65_535),
  count: fc.constantFrom(0, 1, 2, 3, 20, 0x7fffffff, 0xffffffff),
  value: fc.oneof(fc.nat(400), fc.constantFrom(0, 8, 0x7fffffff, 0xffffffff)),
});

describe('openExif', () => {
  it('answers for any bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    const start = fc.constantFrom('', 'II*\0', 'MM\0*', 'Exif\0\0II*\0', 'Exif\0\0MM\0*');
    fc.assert(
      fc.property(start, bytes, (head, tail) => {
        expect(() => ask(Buffer.concat([Buffer.from(head, 'latin1'), tail]))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('answers for directories whose entries claim anything, and only in its own words', () => {
    const block = fc.tuple(fc.array(anyEntry, { maxLength: 12 }), fc.uint8Array({ maxLength: 200 }));
    fc.assert(
      fc.property(block, ([entries, rest]) => {
        const { takenAt: time, camera: name, near } = ask(blockOf(entries, rest));
        expect(time ?? '2026-01-01T00:00:00').toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}([+-]\d\d:\d\d)?$/);
        expect(name ?? 'x').toMatch(/^[^\p{C}]{1,80}$/u);
        expect([true, false, undefined]).toContain(near);
      }),
      { numRuns: 500 },
    );
  });

  it('does not follow a directory that points to itself', () => {
    const ring = blockOf([
      { tag: 0x8769, type: 4, count: 1, value: 8 },
      { tag: 0x8825, type: 4, count: 1, value: 8 },
    ]);
    expect(ask(ring)).toEqual({});
  });

  it('reads of a huge block no more than it is asked for', () => {
    // Prepare: each of 65,535 entries claims four billion values, and there are bytes for twenty million.
    const entries = 65_535;
    const behind = 10 + entries * 12;
    const claims = Array.from({ length: entries }, () => ({
      tag: 0x010f,
      type: 2,
      count: 0xffffffff,
      value: behind,
    }));
    const rest = Buffer.alloc(20_000_000, 'x');
    const block = blockOf(claims, rest);

    // Act
    const asked = ask(block);

    // Assess: a reader of all values would need more time than a test has.
    expect(asked.camera).toHaveLength(80);
  });

  it('keeps a text to one line', () => {
    const text = Buffer.from('Trail\u{1f332}\r\n\x1b[2Jhead\0');
    const block = blockOf([{ tag: 0x010f, type: 2, count: text.length, value: 22 }], text);
    expect(openExif(block)?.text(0x010f)).toBe('Trail\u{1f332} [2Jhead');
  });
});
