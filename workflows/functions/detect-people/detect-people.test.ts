import { describe, expect, it } from 'vitest';
import { detectPeople, peopleThresholds } from './detect-people.ts';

const input = { photoId: '01K0A1B2C3D4E5F6G7H8J9KMNP', bucket: 'uploads', key: 'staged/share.jpg' };

describe('detectPeople', () => {
  it('refuses a photo of guests in words that its owner can use', async () => {
    // Prepare
    const labeler = { label: async () => [{ name: 'Person', confidence: 97 }] };
    const detect = detectPeople({ labeler, thresholds: peopleThresholds.rekognition });

    // Act
    const verdict = await detect(input);

    // Assess
    expect(verdict).toMatchObject({ outcome: 'reject', reason: 'PEOPLE' });
    expect('message' in verdict && verdict.message).toMatch(/without anybody/);
  });

  it.each([
    ['rekognition', 59.9, 60, 90],
    ['local', 24.9, 25, 40],
  ] as const)('has thresholds for %s', async (engine, allowed, reviewed, rejected) => {
    const outcomes = [allowed, reviewed, rejected].map(async (confidence) => {
      const labeler = { label: async () => [{ name: 'Person', confidence }] };
      return (await detectPeople({ labeler, thresholds: peopleThresholds[engine] })(input)).outcome;
    });
    expect(await Promise.all(outcomes)).toEqual(['allow', 'review', 'reject']);
  });
});
