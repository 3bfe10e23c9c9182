import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { TokenVerifier } from '#platform/clients/token-verifier.ts';
import { UnauthenticatedError } from '#platform/errors.ts';

type AuthorizationRequest = Pick<APIGatewayRequestAuthorizerEvent, 'headers' | 'methodArn'>;

/**
 * Says who calls the API. A valid token gives its user, no token a guest (only routes that are open to anyone ask
 * without one), anything else is refused. What a user may do is decided by the routes.
 */
export const authorizeRequest =
  ({ verifier }: { verifier: TokenVerifier }) =>
  async ({ headers, methodArn }: AuthorizationRequest): Promise<APIGatewayAuthorizerResult> => {
    const token = bearerToken(headers ?? {});
    if (token === undefined) return allow('guest', methodArn, {});
    const { userId, name, groups } = await verifier.verify(token);
    return allow(userId, methodArn, { userId, ...(name && { name }), groups: JSON.stringify(groups) });
  };

function bearerToken(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  if (!value) return undefined;
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(value)?.[1];
  if (!token) throw new UnauthenticatedError('Expected "Authorization: Bearer <token>". Sign in again.');
  return token;
}

/** The answer is cached for the token, so it must cover every route of the stage and not just this one. */
function allow(
  principalId: string,
  methodArn: string,
  context: Record<string, string>,
): APIGatewayAuthorizerResult {
  const [api, stage] = methodArn.split('/');
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }],
    },
    context,
  };
}
