import { crc32, deflateRawSync } from 'node:zlib';

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly contents: Uint8Array;
}

/** 1 January 1980, midnight, in the form of DOS: the same files make the same archive. */
const noDate = 0x00_21_00_00;
const readableByAll = 0o100_644 << 16;

/** Packs a few files with ASCII names; small enough to need none of the format's extensions. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, contents } of entries) {
    const packed = deflateRawSync(contents, { level: 1 });
    const sizes = [20, 0, 8, noDate, crc32(contents), packed.length, contents.length, name.length, 0];
    const common = fields('ssslllls s', sizes);
    const local = Buffer.concat([signature(0x04034b50), common, Buffer.from(name), packed]);
    const rest = fields('sssll', [0, 0, 0, readableByAll >>> 0, offset]);
    directory.push(
      Buffer.concat([signature(0x02014b50), fields('s', [0x0314]), common, rest, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = entries.length;
  const end = fields('sssslls', [0, 0, count, count, central.length, offset, 0]);
  return Buffer.concat([...parts, central, signature(0x06054b50), end]);
}

const signature = (number: number): Buffer => fields('l', [number]);

/** Numbers of two (s) or four (l) bytes, little-endian. */
function fields(form: string, values: readonly number[]): Buffer {
  const kinds = form.replaceAll(' ', '');
  return Buffer.concat(
    values.map((value, index) => {
      const bytes = Buffer.alloc(kinds[index] === 'l' ? 4 : 2);
      bytes.writeUIntLE(value, 0, bytes.length);
      return bytes;
    }),
  );
}
