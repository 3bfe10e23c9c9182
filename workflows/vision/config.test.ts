import { describe, expect, it } from 'vitest';
import { loadConfig } from '#platform/config.ts';
import { thresholdsOf, visionConfig } from './config.ts';

const defaults = { rekognition: { review: 60, reject: 90 }, local: { review: 25, reject: 40 } };
const thresholds = (env: Record<string, string>) => thresholdsOf(loadConfig(visionConfig, env), defaults);

describe('thresholdsOf', () => {
  it('takes those that fit the engine when none are configured', () => {
    expect(thresholds({ ENGINE: 'rekognition' })).toEqual({ review: 60, reject: 90 });
    expect(thresholds({ ENGINE: 'local', REVIEW_CONFIDENCE: '', REJECT_CONFIDENCE: '' })).toEqual({
      review: 25,
      reject: 40,
    });
  });

  it('takes those that are configured, one or both', () => {
    expect(thresholds({ ENGINE: 'local', REVIEW_CONFIDENCE: '0' })).toEqual({ review: 0, reject: 40 });
    expect(thresholds({ ENGINE: 'local', REVIEW_CONFIDENCE: '99.5', REJECT_CONFIDENCE: '100' })).toEqual({
      review: 99.5,
      reject: 100,
    });
  });

  it('refuses to reject what it would not even review', () => {
    expect(() => thresholds({ ENGINE: 'local', REVIEW_CONFIDENCE: '41' })).toThrow(/got 41 and 40/);
  });

  it.each(['-1', '101', 'high'])('refuses a confidence of %s', (value) => {
    expect(() => thresholds({ ENGINE: 'local', REVIEW_CONFIDENCE: value })).toThrow(/REVIEW_CONFIDENCE/);
  });

  it('refuses an engine that there is not', () => {
    expect(() => thresholds({ ENGINE: 'azure' })).toThrow(/ENGINE/);
  });
});
