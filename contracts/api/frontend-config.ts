import * as z from 'zod';

/** `GET /config.json`: what a front end must know of the stage it runs on; written by the edge, no secrets. */
export const frontendConfig = z.object({
  stage: z.string(),
  region: z.string(),
  /** Path prefix of the API on the same origin, `/api`. */
  apiBase: z.string(),
  /** Path prefix of the café orders' API on the same origin, `/orders`; absent on a stage without that stack. */
  ordersBase: z.string().optional(),
  /** `wss://…` on AWS with the custom authorizer's name in the query; locally `ws://<origin>/mqtt`. The token is added as `&token=`. */
  mqttUrl: z.string(),
  /** `happy-path/<stage>`, put before `places/<placeId>` and `users/<userId>`. */
  topicPrefix: z.string(),
  oidc: z.object({
    issuer: z.string(),
    clientId: z.string(),
    scope: z.string(),
    /** API that access tokens are asked for, where the issuer wants it named (Auth0). */
    audience: z.string().optional(),
    authorizationEndpoint: z.string(),
    tokenEndpoint: z.string(),
    endSessionEndpoint: z.string(),
    /** Claim of the access token that lists the groups, `cognito:groups` for Cognito. */
    groupsClaim: z.string(),
  }),
  /** MapLibre style of the online map; the built-in offline style is used when it cannot be reached. */
  mapStyleUrl: z.string(),
});
export type FrontendConfig = z.infer<typeof frontendConfig>;
