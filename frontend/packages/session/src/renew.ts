import { User } from 'oidc-client-ts';

export interface RenewOptions {
  tokenEndpoint: string;
  clientId: string;
}

/** What an issuer says (RFC 6749) when it is not the sign-in that is over but itself that has a bad moment. */
const PASSING = new Set(['server_error', 'temporarily_unavailable']);

/**
 * Trades the refresh token for new tokens; nothing when the issuer says that the sign-in is over, and rejects when it
 * cannot be asked. The library's own way is not used, because it ends sign-ins for less: it compares the id token
 * that comes along, which nobody reads, and issuers differ in what they put into it.
 */
export async function renewTokens(
  user: User,
  { tokenEndpoint, clientId }: RenewOptions,
): Promise<User | undefined> {
  if (user.refresh_token === undefined) return undefined;
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: user.refresh_token,
    }),
    signal: AbortSignal.timeout(20_000),
  });
  const answer: unknown = await response.json();
  if (response.ok && isTokens(answer)) return renewed(user, answer);
  if (isRefusal(answer) && !PASSING.has(answer.error)) return undefined;
  throw new Error(`Expected tokens from ${tokenEndpoint}, got ${response.status}`);
}

interface Tokens {
  access_token: string;
  refresh_token?: string;
  expires_in?: number;
}

function renewed(user: User, tokens: Tokens): User {
  const refresh = tokens.refresh_token ?? user.refresh_token;
  const next = new User({
    access_token: tokens.access_token,
    token_type: user.token_type,
    profile: user.profile,
    ...(refresh !== undefined && { refresh_token: refresh }),
    ...(user.id_token !== undefined && { id_token: user.id_token }),
    ...(user.scope !== undefined && { scope: user.scope }),
  });
  if (tokens.expires_in !== undefined) next.expires_in = tokens.expires_in;
  return next;
}

function isTokens(answer: unknown): answer is Tokens {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'access_token' in answer &&
    typeof answer.access_token === 'string'
  );
}

/** A proxy's error form has an `error` too, which is not a word but an object. */
function isRefusal(answer: unknown): answer is { error: string } {
  return (
    typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string'
  );
}
