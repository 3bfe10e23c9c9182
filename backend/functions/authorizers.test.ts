import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Identity } from '#platform/clients/token-verifier.ts';
import { UnauthenticatedError } from '#platform/errors.ts';
import { callerFrom } from '#platform/middleware/caller.ts';
import { authorizeConnection, connectionRequest } from './authorize-connection/authorize-connection.ts';
import { authorizeRequest } from './authorize-request/authorize-request.ts';

const token = 'aaa.bbb.ccc';
const now = 1_000_000;
const rose: Identity = { userId: 'auth0|rose', name: 'Rose', groups: ['rangers'], expiresAt: now + 1000 };
const verifier = (identity: Identity = rose) => ({
  verify: async (given: string) => {
    if (given !== token) throw new UnauthenticatedError();
    return identity;
  },
});

describe('authorizeRequest', () => {
  const methodArn = 'arn:aws:execute-api:eu-central-1:000000000000:abc123/api/GET/places/1/photos';
  const ask = (headers: Record<string, string> | null) =>
    authorizeRequest({ verifier: verifier() })({ headers, methodArn });

  it('names the user to the routes, and covers every route of the stage and none of another', async () => {
    const answer = await ask({ authorization: `bearer ${token}` });
    expect(answer.principalId).toBe('auth0|rose');
    expect(callerFrom(answer.context)).toEqual({ userId: 'auth0|rose', name: 'Rose', groups: ['rangers'] });
    expect(Object.values(answer.context ?? {}).every((value) => typeof value === 'string')).toBe(true);
    expect(answer.policyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: 'arn:aws:execute-api:eu-central-1:000000000000:abc123/api/*',
      },
    ]);
  });

  it.each([[null], [{}], [{ Authorization: '' }], [{ 'X-Authorization': token }]])(
    'takes %j for a guest',
    async (headers) => {
      const answer = await ask(headers);
      expect(answer.principalId).toBe('guest');
      expect(callerFrom(answer.context)).toBeUndefined();
    },
  );

  it.each([
    'Bearer',
    'Bearer ',
    `Basic ${token}`,
    token,
    `Bearer ${token} x`,
    'Bearer a.b',
    'Bearer x.y.z',
    `Bearer ${token}\n`,
  ])('refuses %j', async (Authorization) => {
    await expect(ask({ Authorization })).rejects.toThrow(UnauthenticatedError);
  });
});

describe('authorizeConnection', () => {
  const iotArn = 'arn:aws:iot:eu-central-1:000000000000';
  const connect = (request: object, identity?: Identity) =>
    authorizeConnection({
      verifier: verifier(identity),
      iotArn,
      topicPrefix: 'happy-path/dev',
      now: () => now * 1000,
    })(connectionRequest.parse(request));
  const withToken = { protocolData: { http: { queryString: `?x=1&token=${token}` } } };
  const resources = (answer: Awaited<ReturnType<typeof connect>>, action: string) =>
    answer.policyDocuments
      .flatMap(({ Statement }) => Statement.filter(({ Action }) => Action === action))
      .flatMap(({ Resource }) => Resource);

  it.each([
    [{ protocolData: {} }],
    [{ protocolData: { http: {} } }],
    [{ protocolData: { http: { queryString: 'token=' } } }],
    [{ protocolData: { mqtt: { clientId: 'happy-path-1' } } }],
  ])('lets the guest of %j hear the public topics only', async (request) => {
    const answer = await connect(request);
    expect(answer).toMatchObject({
      isAuthenticated: true,
      principalId: 'guest',
      disconnectAfterInSeconds: 86_400,
    });
    expect(resources(answer, 'iot:Subscribe')).toEqual([
      `${iotArn}:topicfilter/happy-path/dev/places/*`,
      `${iotArn}:topicfilter/happy-path/dev/cafes/*`,
    ]);
    expect(resources(answer, 'iot:Receive')).toEqual([
      `${iotArn}:topic/happy-path/dev/places/*`,
      `${iotArn}:topic/happy-path/dev/cafes/*`,
    ]);
  });

  it('lets a ranger hear the own topic and the staff’s too, and nobody publish', async () => {
    const answer = await connect(withToken);
    expect(resources(answer, 'iot:Receive')).toEqual([
      `${iotArn}:topic/happy-path/dev/places/*`,
      `${iotArn}:topic/happy-path/dev/cafes/*`,
      `${iotArn}:topic/happy-path/dev/users/auth0%7Crose`,
      `${iotArn}:topic/happy-path/dev/staff/*`,
    ]);
    expect(resources(answer, 'iot:Connect')).toEqual([`${iotArn}:client/happy-path-*`]);
    expect(JSON.stringify(answer)).not.toMatch(/iot:Publish|iot:\*|"\*"/);
  });

  it.each([[[]], [['friends']], [['staff']]])('lets a member of %j not hear the staff', async (groups) => {
    const answer = await connect(withToken, { ...rose, groups });
    expect(resources(answer, 'iot:Subscribe')).toHaveLength(3);
    expect(JSON.stringify(answer)).not.toContain('staff');
  });

  it('gives every user id one topic without a wildcard and a principal that IoT takes', async () => {
    const userId = fc.string({
      unit: fc.constantFrom(...'/+#%*?{$}|@. ü🌲a1'),
      minLength: 1,
      maxLength: 128,
    });
    await fc.assert(
      fc.asyncProperty(userId, async (id) => {
        const answer = await connect(withToken, { ...rose, userId: id });
        const [, , own = ''] = resources(answer, 'iot:Subscribe');
        const topic = own.slice(`${iotArn}:topicfilter/happy-path/dev/users/`.length);
        expect(topic).not.toMatch(/[*?${}+#/]/);
        expect(decodeURIComponent(topic)).toBe(id);
        expect(answer.principalId).toMatch(/^[a-zA-Z0-9]{1,128}$/);
      }),
    );
  });

  it.each([
    [1000.9, 1000],
    [300, 300],
    [10, 300],
    [-5, 300],
    [90_000, 86_400],
  ])('of a token that holds %d more seconds ends after %i', async (seconds, expected) => {
    const answer = await connect(withToken, { ...rose, expiresAt: now + seconds });
    expect(answer.disconnectAfterInSeconds).toBe(expected);
    expect(answer.refreshAfterInSeconds).toBe(expected);
  });

  it('takes the token of a signed request first, and refuses a bad one', async () => {
    expect(await connect({ token, protocolData: {} })).toMatchObject({ principalId: 'userauth0rose' });
    const bad = { protocolData: { http: { queryString: 'token=x.y.z' } } };
    await expect(connect(bad)).rejects.toThrow(UnauthenticatedError);
  });
});
