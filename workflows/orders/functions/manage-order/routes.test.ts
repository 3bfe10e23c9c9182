import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { apiEvent, lambdaContext } from '#platform/testing/lambda.ts';
import { orderId } from '../../testing/samples.ts';

let handler: typeof import('./index.ts').handler;
beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('ORDER_MANAGER_ARN', 'arn:manager');
  vi.stubEnv('IDEMPOTENCY_TABLE', 'table');
  ({ handler } = await import('./index.ts'));
});
afterAll(() => vi.unstubAllEnvs());

const ask = (httpMethod: string, resource: string, authorizer: Record<string, string> = {}) => {
  const pathParameters = { orderId, cafeId: orderId };
  const body = JSON.stringify({ drink: 'free' });
  return handler(apiEvent({ httpMethod, resource, authorizer, pathParameters, body }), lambdaContext);
};

it.each([
  ['POST', '/cafes/{cafeId}/orders'],
  ['GET', '/{orderId}'],
  ['PUT', '/{orderId}'],
  ['POST', '/{orderId}/decisions'],
])('%s %s asks for somebody who is signed in', async (method, resource) => {
  expect(await ask(method, resource)).toMatchObject({ statusCode: 401 });
});

it.each([
  ['POST', '/cafes/{cafeId}/orders', 'body.orderId'],
  ['PUT', '/{orderId}', 'body.drink'],
  ['POST', '/{orderId}/decisions', 'body.decision'],
])('%s %s takes a body of its own form only', async (method, resource, path) => {
  const answer = await ask(method, resource, { userId: 'rose' });
  expect(answer.statusCode).toBe(400);
  expect(JSON.parse(answer.body).error.details).toContainEqual(expect.objectContaining({ path }));
});

it.each([
  ['DELETE', '/{orderId}'],
  ['constructor', ''],
])('%s %s is a route that somebody forgot to give a handler', (method, resource) => {
  expect(() => ask(method, resource)).toThrow('Give the route a handler');
});
