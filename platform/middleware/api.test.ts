import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { errorResponse } from '#contracts/api/errors.ts';
import {
  AppError,
  ConflictError,
  ForbiddenError,
  GoneError,
  InvalidError,
  NotFoundError,
  TooManyRequestsError,
  TransientError,
  UnauthenticatedError,
} from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import { apiEvent, lambdaContext } from '../testing/lambda.ts';
import { apiHandler } from './api.ts';

type Handler = (event: ReturnType<typeof apiEvent>, context: typeof lambdaContext) => Promise<unknown>;
const answerForm = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** Calls a route and reads its answer. */
async function call(handler: Handler, changes: Parameters<typeof apiEvent>[0] = {}) {
  const { statusCode, headers, body } = answerForm.parse(await handler(apiEvent(changes), lambdaContext));
  return { statusCode, headers, body, content: body ? JSON.parse(body) : undefined };
}

const ranger = { userId: 'rose', groups: '["rangers"]' };
const visitor = { userId: 'vic' };

describe('a success', () => {
  it('is JSON that nobody stores', async () => {
    const answer = await call(apiHandler({ access: 'anyone' }, async () => ({ a: 1 })));
    expect(answer).toMatchObject({ statusCode: 200, content: { a: 1 } });
    expect(answer.headers).toEqual({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  });

  it('has the status and the cache time of its route', async () => {
    const options = { access: 'anyone', status: 201, cacheControl: 'public, max-age=60' } as const;
    const answer = await call(apiHandler(options, async () => ({})));
    expect(answer).toMatchObject({ statusCode: 201, headers: { 'Cache-Control': 'public, max-age=60' } });
  });

  it('without content has an empty body', async () => {
    const answer = await call(apiHandler({ access: 'anyone', status: 204 }, async () => undefined));
    expect(answer).toMatchObject({ statusCode: 204, body: '' });
  });

  it('comes of parsed path, query, body and caller', async () => {
    // Prepare
    const useCase = vi.fn(async (_request: unknown) => ({}));
    const handler = apiHandler(
      {
        access: 'user',
        path: z.object({ id: z.string() }),
        query: z.object({ limit: z.coerce.number() }),
        body: z.object({ name: z.string().trim() }),
      },
      useCase,
    );

    // Act
    await call(handler, {
      authorizer: ranger,
      pathParameters: { id: '7' },
      queryStringParameters: { limit: '5' },
      multiValueQueryStringParameters: { limit: ['5'] },
      body: Buffer.from('{"name":" x "}').toString('base64'),
      isBase64Encoded: true,
    });

    // Assess
    const caller = { userId: 'rose', groups: ['rangers'] };
    expect(useCase).toHaveBeenCalledWith({
      path: { id: '7' },
      query: { limit: 5 },
      body: { name: 'x' },
      caller,
    });
  });
});

describe('access', () => {
  it.each<['anyone' | 'user' | readonly string[], Record<string, string>, number]>([
    ['anyone', {}, 200],
    ['anyone', visitor, 200],
    ['user', {}, 401],
    ['user', visitor, 200],
    [['rangers', 'admins'], {}, 401],
    [['rangers', 'admins'], visitor, 403],
    [['rangers', 'admins'], { userId: 'x', groups: '["baristas"]' }, 403],
    [['rangers', 'admins'], ranger, 200],
  ])('for %j by %j answers %i', async (access, authorizer, statusCode) => {
    const useCase = vi.fn(async () => ({}));
    const answer = await call(apiHandler({ access }, useCase), { authorizer });
    expect(answer.statusCode).toBe(statusCode);
    expect(useCase).toHaveBeenCalledTimes(statusCode === 200 ? 1 : 0);
  });

  it('is decided before the input is read, and says whom it expects', async () => {
    const handler = apiHandler({ access: ['rangers'], body: z.object({}) }, async () => ({}));
    const { content } = await call(handler, { authorizer: visitor, body: 'not JSON' });
    expect(content.error).toEqual({
      code: 'FORBIDDEN',
      message: expect.stringMatching(/rangers.*Ask an admin/),
    });
  });
});

describe('an error of the use-case', () => {
  it.each([
    [new InvalidError('bad'), 400, 'INVALID_REQUEST'],
    [new UnauthenticatedError('bad'), 401, 'UNAUTHENTICATED'],
    [new ForbiddenError('bad'), 403, 'FORBIDDEN'],
    [new NotFoundError('bad'), 404, 'NOT_FOUND'],
    [new ConflictError('bad'), 409, 'CONFLICT'],
    [new GoneError('bad'), 410, 'GONE'],
    [new AppError('IDEMPOTENCY_KEY_REUSED', 'bad'), 422, 'IDEMPOTENCY_KEY_REUSED'],
    [new AppError('TOO_MANY_REQUESTS', 'bad'), 429, 'TOO_MANY_REQUESTS'],
  ])('%# is answered in the one form with its status, and never stored', async (error, statusCode, code) => {
    const handler = apiHandler({ access: 'anyone', cacheControl: 'public, max-age=60' }, async () => {
      throw error;
    });
    const answer = await call(handler);
    expect(answer).toMatchObject({ statusCode, headers: { 'Cache-Control': 'no-store' } });
    expect(answer.content).toEqual({ error: { code, message: 'bad' } });
  });

  it('that passes by itself says when to come back', async () => {
    const handler = apiHandler({ access: 'anyone' }, async () => {
      throw new TooManyRequestsError('none left', 42);
    });
    expect(await call(handler)).toMatchObject({ statusCode: 429, headers: { 'Retry-After': '42' } });
  });

  it.each([
    new Error('connect db.internal:5432'),
    new TypeError('undefined is not a function'),
    new TransientError('connect db.internal:5432'),
    'a text',
    undefined,
  ])('that nobody expected (%s) is logged and answered without a word of it', async (error) => {
    // Prepare
    const log = vi.spyOn(logger, 'error').mockClear();
    const handler = apiHandler({ access: 'anyone' }, async () => {
      throw error;
    });

    // Act
    const { statusCode, body, content } = await call(handler);

    // Assess
    expect(statusCode).toBe(500);
    expect(errorResponse.parse(content).error.code).toBe('INTERNAL');
    expect(body).not.toMatch(/db\.internal|function|stack|text/);
    expect(log).toHaveBeenCalledExactlyOnceWith('Request failed', { error });
  });
});

describe('a wrong request', () => {
  const handler = apiHandler(
    {
      access: 'anyone',
      path: z.object({ id: z.string().length(3) }),
      query: z.strictObject({ limit: z.string().optional() }),
      body: z.strictObject({ name: z.string() }),
    },
    async () => ({}),
  );
  const good = { pathParameters: { id: 'abc' }, body: '{"name":"x"}' };

  it.each([
    ['no body', { body: null }, /JSON body, got none/],
    ['an empty body', { body: '' }, /JSON body, got none/],
    ['broken JSON', { body: '{"name":' }, /text that is not JSON/],
    ['half of a character', { body: '{"name":"\\ud83c"}' }, /well-formed Unicode/],
    ['a wrong field', { body: '{"name":1}' }, /^body\.name: /],
    ['an unknown field', { body: '{"name":"x","__proto__":{"a":1}}' }, /^body: .*__proto__/],
    ['a list', { body: '[]' }, /^body: /],
    ['no path', { pathParameters: null }, /^path\.id: /],
    ['a wrong path', { pathParameters: { id: 'abcd' } }, /^path\.id: /],
    ['an unknown parameter', { queryStringParameters: { page: '1' } }, /^query: .*page/],
    [
      'the parameter __proto__',
      { queryStringParameters: JSON.parse('{"__proto__":"1"}') },
      /^query: .*__proto__/,
    ],
    [
      'a repeated parameter',
      { queryStringParameters: { limit: '2' }, multiValueQueryStringParameters: { limit: ['1', '2'] } },
      /query\.limit once, got it 2 times/,
    ],
  ])('with %s is refused with what was expected', async (_what, changes, message) => {
    const { statusCode, content } = await call(handler, { ...good, ...changes });
    expect(statusCode).toBe(400);
    expect(errorResponse.parse(content).error).toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringMatching(message),
    });
  });

  it('lists each wrong field in the details', async () => {
    const { content } = await call(handler, { ...good, body: '{"name":1}' });
    expect(content.error.details).toEqual([{ path: 'body.name', message: expect.any(String) }]);
  });
});

describe('a repeated request', () => {
  it('is handed to the idempotency with its key, caller, operation and input', async () => {
    // Prepare
    const once = vi.fn(async (_operation, _input, run) => run());
    const handler = apiHandler(
      { access: 'user', path: z.object({ id: z.string() }), idempotency: { once } },
      async () => ({ done: true }),
    );

    // Act
    const { content } = await call(handler, {
      httpMethod: 'POST',
      resource: '/things/{id}',
      authorizer: visitor,
      pathParameters: { id: '7' },
      headers: { 'idempotency-KEY': 'k1' },
    });

    // Assess
    expect(content).toEqual({ done: true });
    expect(once).toHaveBeenCalledExactlyOnceWith(
      { key: 'k1', caller: { userId: 'vic', groups: [] }, operation: 'POST /things/{id}' },
      { path: { id: '7' }, body: undefined },
      expect.any(Function),
      lambdaContext,
    );
  });
});
