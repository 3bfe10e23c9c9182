import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('counts a photo as one EMF line with its workflow version as dimension', async () => {
  // Prepare
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'HappyPath');
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const { countPhoto } = await import('./metrics.ts');

  // Act
  countPhoto('PhotoPublished', 'v2');
  countPhoto('PhotoFailed');

  // Assess
  const [first, second] = lines.map((line) => JSON.parse(line));
  expect(first).toMatchObject({ workflow: 'v2', PhotoPublished: 1 });
  expect(first._aws.CloudWatchMetrics[0]).toMatchObject({ Namespace: 'HappyPath' });
  expect(first._aws.CloudWatchMetrics[0].Dimensions.flat()).toContain('workflow');
  expect(second).toMatchObject({ workflow: 'none', PhotoFailed: 1 });
});
