import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import * as z from 'zod';
import { oidcTokenVerifier } from '#platform/clients/token-verifier.ts';
import { loadConfig } from '#platform/config.ts';
import { UnauthenticatedError } from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';
import { authorizeRequest } from './authorize-request.ts';

const config = loadConfig(
  {
    TOKEN_ISSUER: z.url(),
    TOKEN_AUDIENCE: z.string().min(1),
    GROUPS_CLAIM: z.string().min(1),
    TOKEN_KEYS_URL: z.url().optional(),
  },
  process.env,
);
const authorize = authorizeRequest({
  verifier: oidcTokenVerifier({
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    groupsClaim: config.GROUPS_CLAIM,
    keysUrl: config.TOKEN_KEYS_URL,
    endpoint: process.env.AWS_ENDPOINT_URL,
  }),
});

export const handler = async (event: APIGatewayRequestAuthorizerEvent) => {
  try {
    return await authorize(event);
  } catch (error) {
    if (!(error instanceof UnauthenticatedError)) throw error;
    logger.info('Token refused');
    // API Gateway answers 401 to exactly this message and 500 to any other.
    throw new Error('Unauthorized');
  }
};
