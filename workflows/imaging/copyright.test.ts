import { describe, expect, it } from 'vitest';
import { readCopyright } from './copyright.ts';

/** An EXIF block of one directory with one text entry. */
function exifWith(text: string, { tag = 0x8298, littleEndian = true } = {}): Buffer {
  const value = Buffer.from(`${text}\0`);
  const block = Buffer.alloc(26 + value.length);
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  block.write(littleEndian ? 'II' : 'MM');
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 1, littleEndian);
  view.setUint16(10, tag, littleEndian);
  view.setUint16(12, 2, littleEndian);
  view.setUint32(14, value.length, littleEndian);
  view.setUint32(18, 26, littleEndian);
  value.copy(block, value.length <= 4 ? 18 : 26);
  return block;
}

describe('readCopyright', () => {
  it.each([
    ['little endian', exifWith('(c) Ranger Rose')],
    ['big endian', exifWith('(c) Ranger Rose', { littleEndian: false })],
    ['with the JPEG prefix', Buffer.concat([Buffer.from('Exif\0\0'), exifWith('(c) Ranger Rose')])],
  ])('reads a block %s', (_name, exif) => {
    expect(readCopyright(exif)).toBe('(c) Ranger Rose');
  });

  it('reads a notice so short that it stands in the entry itself', () => {
    expect(readCopyright(exifWith('RR'))).toBe('RR');
  });

  it('joins the notices of photographer and editor and drops control characters', () => {
    expect(readCopyright(exifWith('Rose\0The\nPark '))).toBe('Rose; The Park');
  });

  it('cuts a notice that goes on for ever', () => {
    expect(readCopyright(exifWith('x'.repeat(5000)))).toHaveLength(300);
  });

  it.each([
    ['no block', undefined],
    ['another tag', exifWith('Trailhead', { tag: 0x010f })],
    ['an empty notice', exifWith('  ')],
    ['a broken block', exifWith('(c) Ranger Rose').subarray(0, 15)],
    ['noise', Buffer.alloc(64, 0xee)],
  ])('finds nothing in %s', (_name, exif) => {
    expect(readCopyright(exif)).toBeUndefined();
  });
});
