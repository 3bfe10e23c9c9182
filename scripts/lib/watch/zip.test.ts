import { crc32, inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { zip } from './zip.ts';

const entries = [
  { name: 'index.js', contents: Buffer.from('x'.repeat(1000)) },
  { name: 'index.js.map', contents: Buffer.from('{}') },
];

/** Reads an archive from its end, as programs do: by the offsets in the central directory. */
function unzip(archive: Buffer) {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let at = archive.readUInt32LE(end + 16);
  expect(at + archive.readUInt32LE(end + 12)).toBe(end);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [size, nameLength] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const name = archive.toString('latin1', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    expect(archive.readUInt32LE(local)).toBe(0x04034b50);
    expect(archive.toString('latin1', local + 30, local + 30 + nameLength)).toBe(name);
    const start = local + 30 + nameLength;
    const contents = inflateRawSync(archive.subarray(start, start + size));
    expect(archive.readUInt32LE(at + 16)).toBe(crc32(contents));
    expect(archive.readUInt32LE(at + 24)).toBe(contents.length);
    at += 46 + nameLength;
    return { name, contents };
  });
}

it('makes an archive whose files come out as they went in, the same one each time', () => {
  const archive = zip(entries);
  expect(unzip(archive)).toEqual(entries);
  expect(zip(entries).equals(archive)).toBe(true);
});
