import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv('AWS_REGION', 'eu-central-1');
});
afterEach(() => vi.unstubAllEnvs());

it('makes each client once for the process', async () => {
  const { dynamodb } = await import('./dynamodb.ts');
  const { eventbridge } = await import('./eventbridge.ts');
  const { s3 } = await import('./s3.ts');
  const { iot } = await import('./iot.ts');
  for (const client of [dynamodb, eventbridge, s3, iot]) expect(client()).toBe(client());
});

it.each([
  [undefined, false],
  ['http://127.0.0.1:4566', true],
])('with the endpoint %s addresses buckets by path: %s', async (endpoint, byPath) => {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  const { s3 } = await import('./s3.ts');
  expect(s3().config.forcePathStyle).toBe(byPath);
});

it('sends messages to the IoT endpoint it is given', async () => {
  const { iot } = await import('./iot.ts');
  const endpoint = await iot('https://iot.example.com').config.endpoint?.();
  expect(endpoint?.hostname).toBe('iot.example.com');
});

it.each([
  [undefined, false],
  ['http://127.0.0.1:4566', true],
])('with the endpoint %s calls state machines at that very host: %s', async (endpoint, asItIs) => {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  const { sfn } = await import('./sfn.ts');
  expect(sfn().config.disableHostPrefix).toBe(asItIs);
});
