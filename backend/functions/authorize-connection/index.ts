import * as z from 'zod';
import { oidcTokenVerifier } from '#platform/clients/token-verifier.ts';
import { loadConfig } from '#platform/config.ts';
import { UnauthenticatedError } from '#platform/errors.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { authorizeConnection, connectionRequest } from './authorize-connection.ts';

const config = loadConfig(
  {
    TOKEN_ISSUER: z.url(),
    TOKEN_AUDIENCE: z.string().min(1),
    GROUPS_CLAIM: z.string().min(1),
    TOKEN_KEYS_URL: z.url().optional(),
    IOT_ARN: z.string().startsWith('arn:'),
    TOPIC_PREFIX: z.string().min(1),
  },
  process.env,
);
const authorize = authorizeConnection({
  verifier: oidcTokenVerifier({
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    groupsClaim: config.GROUPS_CLAIM,
    keysUrl: config.TOKEN_KEYS_URL,
    endpoint: process.env.AWS_ENDPOINT_URL,
  }),
  iotArn: config.IOT_ARN,
  topicPrefix: config.TOPIC_PREFIX,
  now: Date.now,
});

const refused = { isAuthenticated: false, principalId: 'refused', policyDocuments: [] };

export const handler = taskHandler(connectionRequest, (request) =>
  authorize(request).catch((error: unknown) => {
    if (error instanceof UnauthenticatedError) return refused;
    throw error;
  }),
);
