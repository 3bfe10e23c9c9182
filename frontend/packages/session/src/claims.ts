import type { User } from 'oidc-client-ts';
import type { SessionUser } from './types.ts';

/** Who the tokens are about: the subject and groups of the access token, the name of the id token. */
export function userOf(user: User, groupsClaim: string): SessionUser {
  const claims = claimsOf(user.access_token);
  const groups = claims[groupsClaim] ?? user.profile[groupsClaim];
  const name = nameOf(user.profile);
  return {
    id: typeof claims.sub === 'string' ? claims.sub : user.profile.sub,
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    ...(name !== undefined && { name }),
  };
}

function nameOf({ name, given_name, nickname, email }: User['profile']): string | undefined {
  return name || given_name || nickname || email?.split('@')[0];
}

/** What a JWT says, unverified: the server decides by it, the app only shows it. An opaque token says nothing. */
export function claimsOf(token: string): Record<string, unknown> {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
