import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConnectionRequest, lambdaAuthorizer } from './mqtt-authorizer.ts';

const request: ConnectionRequest = {
  signatureVerified: false,
  protocols: ['tls', 'http', 'mqtt'],
  protocolData: {
    tls: { serverName: 'localhost' },
    http: { headers: {}, queryString: '?token=s3cret' },
    mqtt: { clientId: 'guest-1' },
  },
  connectionMetadata: { id: '1' },
};
let reply: { body: string; functionError?: string };
let invoked: { url: string | undefined; event: unknown } | undefined;
let server: Server;
let authorize: ReturnType<typeof lambdaAuthorizer>;

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    invoked = { url: incoming.url, event: JSON.parse(await text(incoming)) };
    if (reply.functionError !== undefined) outgoing.setHeader('x-amz-function-error', reply.functionError);
    outgoing.end(reply.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  authorize = lambdaAuthorizer({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    functionName: 'gatekeeper',
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('invokes the function with the request and reads its policies, text or object', async () => {
  // Prepare
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: 'arn:aws:iot:eu-west-1:0:client/*' }],
  };
  reply = {
    body: JSON.stringify({
      isAuthenticated: true,
      principalId: 'guest',
      disconnectAfterInSeconds: 3600,
      policyDocuments: [document, JSON.stringify(document)],
    }),
  };

  // Act
  const grant = await authorize(request);

  // Assess
  expect(invoked).toEqual({ url: '/2015-03-31/functions/gatekeeper/invocations', event: request });
  expect(grant.disconnectAfterInSeconds).toBe(3600);
  expect(grant.policyDocuments?.[1]).toEqual(grant.policyDocuments?.[0]);
});

it('names the function that failed but never what it said', async () => {
  reply = { body: '{"errorMessage":"bad token s3cret"}', functionError: 'Unhandled' };
  const error: unknown = await authorize(request).catch((reason: unknown) => reason);
  expect(String(error)).toContain('gatekeeper');
  expect(String(error)).not.toContain('s3cret');
});

it.each([
  ['null', 'null'],
  ['no decision', '{}'],
  ['a time that IoT Core refuses', '{"isAuthenticated":true,"disconnectAfterInSeconds":60}'],
  [
    'a policy with a condition',
    '{"isAuthenticated":true,"policyDocuments":[{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}]}]}',
  ],
])('lets nobody in when the function answers %s', async (_, body) => {
  reply = { body };
  await expect(authorize(request)).rejects.toThrow();
});
