import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isSrgbProfile } from './icc.ts';

async function profileOf(name: 'srgb' | 'p3' | 'cmyk'): Promise<Buffer> {
  const picture = sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } });
  const { icc } = await sharp(await picture.withIccProfile(name).jpeg().toBuffer()).metadata();
  if (!icc) throw new Error(`Expected a picture with the profile ${name}, got one without`);
  return icc;
}

/** The profile with a sampled curve for each colour, as older makers write it. */
function withCurve(profile: Buffer, curve: (value: number) => number): Buffer {
  const samples = 1024;
  const tag = Buffer.alloc(12 + samples * 2);
  tag.write('curv');
  tag.writeUInt32BE(samples, 8);
  for (let index = 0; index < samples; index += 1) {
    tag.writeUInt16BE(Math.round(65_535 * curve(index / (samples - 1))), 12 + index * 2);
  }
  const changed = Buffer.concat([profile, tag]);
  for (const name of ['rTRC', 'gTRC', 'bTRC']) {
    const at = changed.indexOf(name, 132);
    changed.writeUInt32BE(profile.length, at + 4);
    changed.writeUInt32BE(tag.length, at + 8);
  }
  return changed;
}

const srgbCurve = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

describe('isSrgbProfile', () => {
  it('knows sRGB by its numbers', async () => {
    // Prepare
    const profile = await profileOf('srgb');

    // Act
    const result = isSrgbProfile(profile);

    // Assess
    expect(result).toBe(true);
  });

  it.each(['p3', 'cmyk'] as const)('does not take %s for sRGB', async (name) => {
    // Prepare
    const profile = await profileOf(name);

    // Act
    const result = isSrgbProfile(profile);

    // Assess
    expect(result).toBe(false);
  });

  it.each([
    ['the curve of sRGB', srgbCurve, true],
    ['a straight line', (value: number) => value, false],
    ['a gamma of 1.8', (value: number) => value ** 1.8, false],
  ])('goes by the curve too: %s', async (_name, curve, expected) => {
    // Prepare
    const profile = withCurve(await profileOf('srgb'), curve);

    // Act
    const result = isSrgbProfile(profile);

    // Assess
    expect(result).toBe(expected);
  });

  it('answers for anything, also for no profile', async () => {
    // Prepare
    const profile = await profileOf('srgb');
    const damaged = fc
      .tuple(fc.nat(profile.length - 1), fc.nat(255), fc.nat(profile.length))
      .map(([at, value, length]) =>
        Buffer.from(profile)
          .fill(value, at, at + 1)
          .subarray(0, length),
      );

    // Act
    const answers = () =>
      fc.assert(
        fc.property(damaged, (bytes) => typeof isSrgbProfile(bytes) === 'boolean'),
        { numRuns: 500 },
      );

    // Assess
    expect(answers).not.toThrow();
    expect(isSrgbProfile(undefined)).toBe(false);
  });
});
