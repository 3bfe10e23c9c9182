import type { FrontendConfig } from '#contracts/api/frontend-config.ts';
import { defaultMapStyleUrl } from './headers.ts';

/** Addresses of an OIDC provider that its sign-in by code and PKCE needs. */
export interface SignInEndpoints {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly endSessionEndpoint: string;
}

/** What a stage must tell its front ends; the rest has one value for all stages. */
export interface FrontendConfigInput {
  readonly stage: string;
  readonly region: string;
  readonly topicPrefix: string;
  readonly mqttUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly endpoints: SignInEndpoints;
  /** Named to the issuer when it is not the client itself. */
  readonly audience?: string;
  /** @default 'openid email profile' */
  readonly scope?: string;
  /** @default 'cognito:groups' */
  readonly groupsClaim?: string;
  readonly mapStyleUrl?: string;
  /** Whether the stack of the café orders is there. @default false */
  readonly hasOrders?: boolean;
}

/** The online map's style that the person who starts or deploys the app asks for by HAPPY_PATH_MAP_STYLE, if any. */
export function askedMapStyle(environment: NodeJS.ProcessEnv = process.env): { mapStyleUrl?: string } {
  const asked = environment.HAPPY_PATH_MAP_STYLE;
  return asked ? { mapStyleUrl: new URL(asked).href } : {};
}

/** Makes the `/config.json` of a stage, local or on AWS. */
export function frontendConfig(input: FrontendConfigInput): FrontendConfig {
  return {
    stage: input.stage,
    region: input.region,
    apiBase: '/api',
    ...(input.hasOrders && { ordersBase: '/orders' }),
    mqttUrl: input.mqttUrl,
    topicPrefix: input.topicPrefix,
    oidc: {
      issuer: input.issuer,
      clientId: input.clientId,
      scope: input.scope ?? 'openid email profile',
      ...(input.audience && input.audience !== input.clientId && { audience: input.audience }),
      ...input.endpoints,
      groupsClaim: input.groupsClaim ?? 'cognito:groups',
    },
    mapStyleUrl: input.mapStyleUrl ?? defaultMapStyleUrl,
  };
}

/**
 * Endpoints of Cognito's managed login.
 *
 * @param origin - `https://<domain>.auth.<region>.amazoncognito.com`, or the local edge, which proxies the emulator's
 */
export function cognitoEndpoints(origin: string): SignInEndpoints {
  return {
    authorizationEndpoint: `${origin}/oauth2/authorize`,
    tokenEndpoint: `${origin}/oauth2/token`,
    endSessionEndpoint: `${origin}/logout`,
  };
}

/** Issuer of a Cognito pool's tokens, the same on the emulator. */
export function cognitoIssuer(region: string, userPoolId: string): string {
  return `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
}

/** Address of IoT Core's message broker with the custom authorizer that lets browsers in. */
export function iotMqttUrl(iotEndpoint: string, authorizerName: string): string {
  return `wss://${iotEndpoint}/mqtt?x-amz-customauthorizer-name=${encodeURIComponent(authorizerName)}`;
}
