// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { formatCountdown, formatDistance, formatDuration, formatRelativeTime } from './format.ts';

describe('formatRelativeTime', () => {
  const now = Date.parse('2026-07-01T12:00:00Z');
  const ago = (seconds: number) => formatRelativeTime(new Date(now - seconds * 1000), now, 'en');

  it.each([
    [0, 'now'],
    [59, 'now'],
    [60, '1 minute ago'],
    [3_599, '60 minutes ago'],
    [3_600, '1 hour ago'],
    [86_400, 'yesterday'],
    [7 * 86_400, 'last week'],
    [400 * 86_400, 'last year'],
  ])('says of %i seconds ago: %s', (seconds, words) => {
    expect(ago(seconds)).toBe(words);
  });
});

describe('formatCountdown', () => {
  it.each([
    [-5, '0:00'],
    [1, '0:01'],
    [59_000, '0:59'],
    [725_000, '12:05'],
    [3_725_000, '1:02:05'],
  ])('says of %i ms that are left: %s', (milliseconds, words) => {
    expect(formatCountdown(milliseconds)).toBe(words);
  });
});

describe('formatDistance', () => {
  it('speaks miles and feet in the United States', () => {
    expect(formatDistance(16_093.44, 'en-US')).toBe('10 mi');
    expect(formatDistance(2_414, 'en-US')).toBe('1.5 mi');
    expect(formatDistance(100, 'en-US')).toBe('330 ft');
  });

  it('speaks kilometres and metres elsewhere', () => {
    expect(formatDistance(12_345, 'en-GB')).toBe('12 km');
    expect(formatDistance(1_500, 'en-GB')).toBe('1.5 km');
    expect(formatDistance(987, 'de-DE')).toBe('990 m');
  });
});

describe('formatDuration', () => {
  it('is exact where that matters and rough where not', () => {
    expect(formatDuration(812, 'en')).toBe('0.8 sec');
    expect(formatDuration(12_400, 'en')).toBe('12 sec');
    expect(formatDuration(180_000, 'en')).toBe('3 min');
  });
});
