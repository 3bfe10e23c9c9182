import { type ErrorCode, type ErrorResponse, errorCodes } from '#contracts/api/errors.ts';

/** What API Gateway says by itself, word for word the GatewayResponses of the templates with an API; a test compares them. */
export const gatewayAnswers = {
  UNAUTHORIZED: { code: 'UNAUTHENTICATED', message: 'Expected a signed-in user. Sign in and try again.' },
  ACCESS_DENIED: {
    code: 'FORBIDDEN',
    message: 'Expected somebody who may do this. Sign in with another account.',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    code: 'NOT_FOUND',
    message: 'Expected a route of this API, got another path or method.',
  },
  THROTTLED: {
    code: 'TOO_MANY_REQUESTS',
    message: 'Too many requests at once. Wait a moment and try again.',
  },
  DEFAULT_5XX: { code: 'INTERNAL', message: 'We could not do this just now. Please try again in a moment.' },
} as const satisfies Record<string, { code: ErrorCode; message: string }>;

const byStatus = new Map<number, { code: ErrorCode; message: string }>(
  Object.values(gatewayAnswers).map((answer) => [errorCodes[answer.code], answer]),
);

/** The one error form for a refusal that is not the API's own. */
export function gatewayError(status: number): ErrorResponse {
  const known = byStatus.get(status);
  if (known !== undefined) return { error: known };
  if (status >= 500) return { error: gatewayAnswers.DEFAULT_5XX };
  return {
    error: {
      code: 'INVALID_REQUEST',
      message: 'Expected a request that the API can read. Check it and try again.',
    },
  };
}
