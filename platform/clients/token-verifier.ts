import { JwtVerifier } from 'aws-jwt-verify';
import {
  CognitoJwtInvalidTokenUseError,
  FetchError,
  JwksValidationError,
  JwtBaseError,
  JwtInvalidAudienceError,
} from 'aws-jwt-verify/error';
import { type Fetcher, SimpleFetcher } from 'aws-jwt-verify/https';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod';
import { UnauthenticatedError } from '#platform/errors.ts';
import type { Caller } from '#platform/middleware/caller.ts';

/** Somebody whose token was verified, and until when it holds (seconds since 1970). */
export interface Identity extends Caller {
  readonly expiresAt: number;
}

/** Verifies a bearer token or throws UnauthenticatedError. */
export interface TokenVerifier {
  verify(token: string): Promise<Identity>;
}

interface Issuer {
  readonly issuer: string;
  /** The client id (`client_id` of a Cognito access token) or the API's audience (`aud`). */
  readonly audience: string;
  readonly groupsClaim: string;
  /** Where the issuer publishes its keys, when not at `<issuer>/.well-known/jwks.json`. */
  readonly keysUrl?: string | undefined;
  /** Where the emulator serves what the issuer's https host would; undefined on AWS. */
  readonly endpoint: string | undefined;
}

const claims = z.object({
  sub: z.string().min(1).max(128),
  exp: z.number(),
  name: z.string().optional(),
});

/** Reads the key set of a local issuer from the emulator, under the same path. */
class EndpointFetcher implements Fetcher {
  readonly #inner = new SimpleFetcher();
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  async fetch(uri: string, options?: Record<string, unknown>): Promise<ArrayBuffer> {
    const { pathname } = new URL(uri);
    if (this.#endpoint.startsWith('https:')) return this.#inner.fetch(this.#endpoint + pathname, options);
    const answer = await fetch(this.#endpoint + pathname);
    if (!answer.ok) throw new Error(`Expected the key set at ${pathname}, got ${answer.status}`);
    return answer.arrayBuffer();
  }
}

/** A verifier of one OIDC issuer's JWTs; keys are fetched once and kept for the life of the process. */
export function oidcTokenVerifier({
  issuer,
  audience,
  groupsClaim,
  keysUrl,
  endpoint,
}: Issuer): TokenVerifier {
  const verifier = JwtVerifier.create(
    {
      issuer,
      ...(keysUrl && { jwksUri: keysUrl }),
      // Cognito's access tokens name the client in `client_id` and have no `aud`; other issuers use `aud`.
      audience: null,
      customJwtCheck: ({ payload }) => {
        // Cognito's id tokens carry the client as `aud`, too, but are meant for the app and not for its API.
        if (payload.token_use !== undefined && payload.token_use !== 'access') {
          throw new CognitoJwtInvalidTokenUseError('Expected an access token', payload.token_use, 'access');
        }
        const named = [payload.aud, payload.client_id].flat();
        if (!named.includes(audience)) {
          throw new JwtInvalidAudienceError('Expected a token for this application', named, audience);
        }
      },
    },
    endpoint ? { jwksCache: new SimpleJwksCache({ fetcher: new EndpointFetcher(endpoint) }) } : undefined,
  );
  return {
    async verify(token) {
      try {
        const payload = await verifier.verify(token);
        const { sub, exp, name } = claims.parse(payload);
        const groups = z.array(z.string()).catch([]).parse(payload[groupsClaim]);
        return { userId: sub, ...(name && { name }), groups, expiresAt: exp };
      } catch (error) {
        // An unreachable key set is the issuer's fault, not the caller's: it must not look like a bad token.
        if (error instanceof FetchError || error instanceof JwksValidationError) throw error;
        if (error instanceof JwtBaseError || error instanceof z.ZodError) {
          throw new UnauthenticatedError('Expected a valid, unexpired token. Sign in again.');
        }
        throw error;
      }
    },
  };
}
