import { describe, expect, it } from 'vitest';
import { moderatePhoto, moderationThresholds } from './moderate-photo.ts';

const input = { photoId: '01K0A1B2C3D4E5F6G7H8J9KMNP', bucket: 'uploads', key: 'staged/share.jpg' };

describe('moderatePhoto', () => {
  it('refuses an indecent photo in words that its owner can use', async () => {
    // Prepare
    const labeler = { label: async () => [{ name: 'Explicit', confidence: 97 }] };
    const moderate = moderatePhoto({ labeler, thresholds: moderationThresholds.local });

    // Act
    const verdict = await moderate(input);

    // Assess
    expect(verdict).toMatchObject({ outcome: 'reject', reason: 'INDECENT' });
    expect('message' in verdict && verdict.message).toMatch(/choose another/);
  });

  it.each([
    ['rekognition', 59.9, 60, 90],
    ['local', 39.9, 40, 85],
  ] as const)('has thresholds for %s', async (engine, allowed, reviewed, rejected) => {
    const outcomes = [allowed, reviewed, rejected].map(async (confidence) => {
      const labeler = { label: async () => [{ name: 'Explicit', confidence }] };
      return (await moderatePhoto({ labeler, thresholds: moderationThresholds[engine] })(input)).outcome;
    });
    expect(await Promise.all(outcomes)).toEqual(['allow', 'review', 'reject']);
  });
});
