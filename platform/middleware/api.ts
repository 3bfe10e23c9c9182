import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import * as z from 'zod';
import { type ErrorResponse, errorCodes } from '#contracts/api/errors.ts';
import {
  AppError,
  ForbiddenError,
  InvalidError,
  TooManyRequestsError,
  UnauthenticatedError,
} from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import { type Caller, callerFrom, isIn } from './caller.ts';
import type { Idempotency } from './idempotency.ts';
import { validate } from './validation.ts';

const none = z.object({});

/** What a use-case behind the API receives. `caller` is undefined for guests, who get only where `access` lets them. */
export interface ApiRequest<Path, Query, Body> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller | undefined;
}

interface ApiOptions<Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly path?: Path;
  readonly query?: Query;
  readonly body?: Body;
  /** `anyone`, every signed-in `user`, or the members of the groups listed. */
  readonly access: 'anyone' | 'user' | readonly string[];
  /** Status of a success; 204 sends no body. */
  readonly status?: 200 | 201 | 204;
  /** `Cache-Control` of a success; answers are not stored unless this says so. */
  readonly cacheControl?: string;
  readonly idempotency?: Idempotency;
}

/**
 * Builds the handler of one route: checks access, parses path, query and body, honours `Idempotency-Key`, and
 * turns every error into the one error form. Unknown errors are logged with their stack and answered without it.
 *
 * @example
 * export const handler = apiHandler({ access: 'anyone', path: z.object({ placeId: ulidSchema }) }, getPlace(deps));
 */
export function apiHandler<
  Result,
  Path extends z.ZodType = typeof none,
  Query extends z.ZodType = typeof none,
  Body extends z.ZodType = z.ZodUndefined,
>(
  options: ApiOptions<Path, Query, Body>,
  useCase: (request: ApiRequest<z.infer<Path>, z.infer<Query>, z.infer<Body>>) => Promise<Result>,
) {
  const inner = async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const caller = callerFrom(event.requestContext.authorizer);
    requireAccess(options.access, caller);
    const request = {
      path: validate(options.path ?? none, event.pathParameters ?? {}, 'path'),
      query: validate(options.query ?? none, singleValues(event), 'query'),
      body: options.body ? validate(options.body, parseJson(event), 'body') : undefined,
      caller,
    } as ApiRequest<z.infer<Path>, z.infer<Query>, z.infer<Body>>;
    const run = () => useCase(request);
    const result = options.idempotency
      ? await options.idempotency.once(
          {
            key: header(event, 'idempotency-key'),
            caller,
            operation: `${event.httpMethod} ${event.resource}`,
          },
          { path: request.path, body: request.body },
          run,
          context,
        )
      : await run();
    return answer(options.status ?? 200, result, { 'Cache-Control': options.cacheControl ?? 'no-store' });
  };
  return middy(inner)
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .onError((request) => {
      request.response = errorAnswer(request.error);
    });
}

function requireAccess(access: 'anyone' | 'user' | readonly string[], caller: Caller | undefined): void {
  if (access === 'anyone') return;
  if (!caller) throw new UnauthenticatedError();
  if (access !== 'user' && !isIn(caller, ...access)) {
    throw new ForbiddenError(`Expected a member of ${access.join(' or ')}. Ask an admin to add you.`);
  }
}

function singleValues(event: APIGatewayProxyEvent): Record<string, string> {
  // Without a prototype, or a parameter called __proto__ would pass unseen.
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(event.queryStringParameters ?? {})) {
    const all = event.multiValueQueryStringParameters?.[name];
    if (all && all.length > 1) {
      throw new InvalidError(`Expected query.${name} once, got it ${all.length} times`);
    }
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function parseJson(event: APIGatewayProxyEvent): unknown {
  const text =
    event.body && event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
  if (!text) throw new InvalidError('Expected a JSON body, got none');
  try {
    return JSON.parse(text, wellFormed);
  } catch (error) {
    if (error instanceof InvalidError) throw error;
    throw new InvalidError('Expected a JSON body, got text that is not JSON');
  }
}

/** JSON can spell half a surrogate pair, which neither UTF-8 nor the table can hold. */
function wellFormed(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new InvalidError('Expected well-formed Unicode text, got half of a character. Type it again.');
  }
  return value;
}

function header(event: APIGatewayProxyEvent, name: string): string | undefined {
  const found = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): APIGatewayProxyResult {
  const content = status === 204 ? '' : JSON.stringify(body);
  return { statusCode: status, headers: { 'Content-Type': 'application/json', ...headers }, body: content };
}

function errorAnswer(error: unknown): APIGatewayProxyResult {
  const known = error instanceof AppError ? error : undefined;
  if (!known || known.code === 'INTERNAL') {
    logger.error('Request failed', { error });
    const body: ErrorResponse = {
      error: { code: 'INTERNAL', message: 'We could not do this just now. Please try again in a moment.' },
    };
    return answer(500, body, { 'Cache-Control': 'no-store' });
  }
  logger.info('Request refused', { code: known.code, reason: known.message });
  const body: ErrorResponse = {
    error: {
      code: known.code,
      message: known.message,
      ...(known.details && { details: [...known.details] }),
    },
  };
  return answer(errorCodes[known.code], body, {
    'Cache-Control': 'no-store',
    ...(known instanceof TooManyRequestsError && { 'Retry-After': String(known.retryAfterSeconds) }),
  });
}
