import { expect, it } from 'vitest';
import { frontendConfig as schema } from '#contracts/api/frontend-config.ts';
import { askedMapStyle, cognitoEndpoints, cognitoIssuer, frontendConfig, iotMqttUrl } from './config.ts';

it('describes a stage on AWS in the form that the front ends read', () => {
  // Act
  const config = frontendConfig({
    stage: 'dev',
    region: 'eu-west-1',
    topicPrefix: 'happy-path/dev',
    mqttUrl: iotMqttUrl('abc-ats.iot.eu-west-1.amazonaws.com', 'happy path/dev'),
    issuer: cognitoIssuer('eu-west-1', 'eu-west-1_abc'),
    clientId: 'client',
    endpoints: cognitoEndpoints('https://park.auth.eu-west-1.amazoncognito.com'),
  });

  // Assess
  expect(schema.parse(config)).toEqual(config);
  expect(config.mqttUrl).toBe(
    'wss://abc-ats.iot.eu-west-1.amazonaws.com/mqtt?x-amz-customauthorizer-name=happy%20path%2Fdev',
  );
  expect(config.oidc).toEqual({
    issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc',
    clientId: 'client',
    scope: 'openid email profile',
    authorizationEndpoint: 'https://park.auth.eu-west-1.amazoncognito.com/oauth2/authorize',
    tokenEndpoint: 'https://park.auth.eu-west-1.amazoncognito.com/oauth2/token',
    endSessionEndpoint: 'https://park.auth.eu-west-1.amazoncognito.com/logout',
    groupsClaim: 'cognito:groups',
  });
});

it('takes any other identity provider and map by parameters', () => {
  // Act
  const config = frontendConfig({
    stage: 'prod',
    region: 'us-east-1',
    topicPrefix: 'happy-path/prod',
    mqttUrl: 'wss://example.com/mqtt',
    issuer: 'https://park.eu.auth0.com/',
    clientId: 'client',
    endpoints: {
      authorizationEndpoint: 'https://park.eu.auth0.com/authorize',
      tokenEndpoint: 'https://park.eu.auth0.com/oauth/token',
      endSessionEndpoint: 'https://park.eu.auth0.com/oidc/logout',
    },
    scope: 'openid offline_access',
    groupsClaim: 'https://example.com/groups',
    mapStyleUrl: 'https://maps.example.com/style.json',
  });

  // Assess
  expect(config.oidc.tokenEndpoint).toBe('https://park.eu.auth0.com/oauth/token');
  expect(config.oidc.scope).toBe('openid offline_access');
  expect(config.oidc.groupsClaim).toBe('https://example.com/groups');
  expect(config.mapStyleUrl).toBe('https://maps.example.com/style.json');
});

it('names the audience to the issuer when it is another than the client', () => {
  const given = { stage: 'dev', region: 'eu-west-1', topicPrefix: 'happy-path/dev', mqttUrl: 'wss://x/mqtt' };
  const provider = {
    issuer: 'https://a.example.com',
    clientId: 'c',
    endpoints: cognitoEndpoints('https://a.example.com'),
  };
  const audience = (named: string) =>
    frontendConfig({ ...given, ...provider, audience: named }).oidc.audience;
  expect(audience('https://api.example.com')).toBe('https://api.example.com');
  expect(audience('c')).toBeUndefined();
});

it('takes the style of the online map from the environment, and refuses what is no address', () => {
  expect(askedMapStyle({})).toEqual({});
  expect(askedMapStyle({ HAPPY_PATH_MAP_STYLE: 'https://maps.example.com/style.json' })).toEqual({
    mapStyleUrl: 'https://maps.example.com/style.json',
  });
  expect(() => askedMapStyle({ HAPPY_PATH_MAP_STYLE: 'liberty' })).toThrow('Invalid URL');
});
