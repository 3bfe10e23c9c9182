import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { label } from '#contracts/photos.ts';
import type { Finding } from './labeler.ts';
import { checkPicture, judge } from './verdict.ts';

const thresholds = { review: 60, reject: 90 };
const severe = (confidence: number): Finding => ({ name: 'Explicit', confidence });
const mild = (confidence: number): Finding => ({ name: 'Suggestive', confidence, mild: true });

const finding = fc.record({
  name: fc.constantFrom('Explicit', 'Suggestive', 'Person'),
  confidence: fc.double({ min: 0, max: 100, noNaN: true }),
  mild: fc.boolean(),
});
const findings = fc.array(finding, { maxLength: 12 });
const limits = fc.tuple(fc.nat(100), fc.nat(100)).map(([a, b]) => ({
  review: Math.min(a, b),
  reject: Math.max(a, b),
}));
const severity = { allow: 0, review: 1, reject: 2 };

describe('judge', () => {
  it.each([
    ['allows what is below the review threshold', [severe(59.9)], 'allow'],
    ['has a ranger look from the review threshold on', [severe(60)], 'review'],
    ['has a ranger look up to the reject threshold', [severe(89.9)], 'review'],
    ['rejects from the reject threshold on', [severe(90)], 'reject'],
    ['compares what is shown, rounded up', [severe(89.96)], 'reject'],
    ['compares what is shown, rounded down', [severe(89.94)], 'review'],
    ['allows what is mild below the reject threshold', [mild(89.9)], 'allow'],
    ['has a ranger look at what is mild from the reject threshold on', [mild(90)], 'review'],
    ['never rejects what is only mild', [mild(100)], 'review'],
    ['goes by the worst finding', [mild(99), severe(61), severe(95)], 'reject'],
    ['allows a picture without findings', [], 'allow'],
  ])('%s', (_title, found, expected) => {
    expect(judge(found, thresholds).outcome).toBe(expected);
  });

  it('returns the labels from the review threshold on, the surest first, five at most', () => {
    // Act
    const { labels } = judge([10, 70, 65, 99, 61, 62, 63].map(severe), thresholds);

    // Assess
    expect(labels.map(({ confidence }) => confidence)).toEqual([99, 70, 65, 63, 62]);
  });

  it('returns the first three of an allowed picture, without guesses', () => {
    expect(judge([severe(9.9), mild(50.04), severe(12), severe(30)], thresholds).labels).toEqual([
      { name: 'Suggestive', confidence: 50 },
      { name: 'Explicit', confidence: 30 },
      { name: 'Explicit', confidence: 12 },
    ]);
    expect(judge([9.9, 5].map(severe), thresholds).labels).toEqual([]);
  });

  it('returns labels that the contract knows, whatever was found', () => {
    fc.assert(
      fc.property(findings, limits, (found, given) => {
        const { labels } = judge(found, given);
        expect(labels.length).toBeLessThanOrEqual(5);
        for (const one of labels) {
          expect(label.strict().parse(one)).toEqual(one);
          expect(one.confidence * 10).toBeCloseTo(Math.round(one.confidence * 10), 6);
        }
      }),
    );
  });

  it('is never kinder for being surer, or for one finding more', () => {
    fc.assert(
      fc.property(
        findings,
        finding,
        limits,
        fc.double({ min: 0, max: 50, noNaN: true }),
        (found, one, given, more) => {
          const before = severity[judge([...found, one], given).outcome];
          const surer = { ...one, confidence: Math.min(100, one.confidence + more) };
          expect(severity[judge([...found, surer], given).outcome]).toBeGreaterThanOrEqual(before);
          expect(severity[judge(found, given).outcome]).toBeLessThanOrEqual(before);
        },
      ),
    );
  });

  it('shows why, whenever it does not allow', () => {
    fc.assert(
      fc.property(findings, limits, (found, given) => {
        const { outcome, labels } = judge(found, given);
        const limit = outcome === 'reject' ? given.reject : given.review;
        if (outcome !== 'allow') expect(labels[0]?.confidence).toBeGreaterThanOrEqual(limit);
      }),
    );
  });
});

describe('checkPicture', () => {
  const refusal = { reason: 'INDECENT', message: 'Please choose another one.' } as const;
  const input = { photoId: '01K0A1B2C3D4E5F6G7H8J9KMNP', bucket: 'uploads', key: 'staged/share.jpg' };

  it('asks about the picture and nothing else', async () => {
    // Prepare
    const asked: unknown[] = [];
    const labeler = {
      label: async (picture: unknown) => {
        asked.push(picture);
        return [];
      },
    };

    // Act
    const verdict = await checkPicture({ labeler, thresholds, refusal })(input);

    // Assess
    expect(asked).toEqual([{ bucket: 'uploads', key: 'staged/share.jpg' }]);
    expect(verdict).toEqual({ outcome: 'allow', labels: [] });
  });

  it.each([
    ['a reason with a rejection', 95, { outcome: 'reject', ...refusal }],
    ['labels only with a review', 75, { outcome: 'review' }],
  ])('gives %s', async (_title, confidence, expected) => {
    // Prepare
    const labeler = { label: async () => [severe(confidence)] };

    // Act
    const verdict = await checkPicture({ labeler, thresholds, refusal })(input);

    // Assess
    expect(verdict).toEqual({ ...expected, labels: [{ name: 'Explicit', confidence }] });
  });
});
