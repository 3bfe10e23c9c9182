import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnauthenticatedError } from '#platform/errors.ts';
import { startIssuer } from '../testing/issuer.ts';
import { oidcTokenVerifier } from './token-verifier.ts';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const verifier = (changes: Partial<Parameters<typeof oidcTokenVerifier>[0]> = {}) =>
  oidcTokenVerifier({
    issuer: issuer.issuer,
    audience: 'app',
    groupsClaim: 'cognito:groups',
    endpoint: issuer.endpoint,
    ...changes,
  });
const now = () => Math.floor(Date.now() / 1000);

describe('a valid token', () => {
  it('names its user, groups and end', async () => {
    const exp = now() + 60;
    const token = await issuer.sign({ exp, name: 'Rose', 'cognito:groups': ['rangers'] });
    expect(await verifier().verify(token)).toEqual({
      userId: 'rose',
      name: 'Rose',
      groups: ['rangers'],
      expiresAt: exp,
    });
  });

  it('is one for this application by client id, audience or one of several audiences', async () => {
    for (const claims of [
      { client_id: 'app' },
      { client_id: undefined, aud: 'app' },
      { client_id: 'other', aud: ['api', 'app'] },
    ]) {
      expect(await verifier().verify(await issuer.sign(claims))).toMatchObject({ userId: 'rose' });
    }
  });

  it('is verified with keys from the address that the issuer’s configuration names', async () => {
    const keysUrl = 'https://issuer.example.com/pool/certs';
    const token = await issuer.sign();
    expect(await verifier({ keysUrl }).verify(token)).toMatchObject({ userId: 'rose' });
    const elsewhere = verifier({ keysUrl: 'https://issuer.example.com/pool/nowhere' });
    await expect(elsewhere.verify(token)).rejects.toThrow();
  });

  it('takes the groups from the claim that the issuer is known to use, and from no other', async () => {
    const token = await issuer.sign({ 'https://park/roles': ['admins'], 'cognito:groups': ['rangers'] });
    const own = await verifier({ groupsClaim: 'https://park/roles' }).verify(token);
    expect(own.groups).toEqual(['admins']);
  });

  it.each([[undefined], ['admins'], [{ admins: true }], [[1]], [null]])(
    'with the groups %j belongs to none',
    async (groups) => {
      const token = await issuer.sign({ 'cognito:groups': groups });
      expect((await verifier().verify(token)).groups).toEqual([]);
    },
  );

  it('costs one look at the key set for the life of the verifier', async () => {
    const before = issuer.state.requests;
    const one = verifier();
    for (let time = 0; time < 3; time += 1) await one.verify(await issuer.sign());
    expect(issuer.state.requests - before).toBe(1);
  });
});

describe('a token', () => {
  const [head, tail] = ['{"alg":"RS256","kid":"key-1"}', '{"sub":"rose"}'].map((part) =>
    Buffer.from(part).toString('base64url'),
  );
  it.each<[string, () => string | Promise<string>]>([
    ['that has expired', () => issuer.sign({ exp: now() - 1 })],
    ['that holds from later on', () => issuer.sign({ nbf: now() + 600 })],
    ['of another issuer', () => issuer.sign({ iss: 'https://evil.example.com/pool' })],
    ['for another application', () => issuer.sign({ client_id: 'other' })],
    ['that is an id token', () => issuer.sign({ client_id: undefined, aud: 'app', token_use: 'id' })],
    ['for no application', () => issuer.sign({ client_id: undefined })],
    ['signed with another key', () => issuer.sign({}, { key: issuer.strangersKey })],
    ['that names an unknown key', () => issuer.sign({}, { keyId: 'key-2' })],
    ['without an end', () => issuer.sign({ exp: undefined })],
    ['without a subject', () => issuer.sign({ sub: undefined })],
    ['with a subject that fits no key', () => issuer.sign({ sub: 'x'.repeat(129) })],
    [
      'without a signature',
      () =>
        new UnsecuredJWT({ client_id: 'app' })
          .setSubject('rose')
          .setIssuer(issuer.issuer)
          .setExpirationTime(now() + 60)
          .encode(),
    ],
    ['with a signature cut off', async () => (await issuer.sign()).replace(/\.[^.]*$/, '.')],
    ['with claims changed', async () => (await issuer.sign()).replace(/\.[^.]*\./, `.${tail}.`)],
    ['made of three words', () => 'a.b.c'],
    ['that is none', () => ''],
    ['of two parts', () => `${head}.${tail}`],
  ])('%s is refused without a word why', async (_what, make) => {
    const refusal = await verifier()
      .verify(await make())
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnauthenticatedError);
    expect(refusal).toMatchObject({ message: 'Expected a valid, unexpired token. Sign in again.' });
  });
});

describe('a key set that cannot be read', () => {
  const attempt = async (changes: Parameters<typeof verifier>[0]) =>
    verifier(changes)
      .verify(await issuer.sign({ iss: changes?.issuer ?? issuer.issuer }))
      .catch((error: unknown) => error);

  it('at the local endpoint is not the caller’s fault', async () => {
    for (const broken of [{ status: 503 }, { body: '<html>' }, { body: '{}' }]) {
      const before = { ...issuer.state };
      Object.assign(issuer.state, broken);
      const error = await attempt({});
      Object.assign(issuer.state, { status: before.status, body: before.body });
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(UnauthenticatedError);
    }
  });

  it('because nobody listens is not the caller’s fault, by http or https', async () => {
    const nowhere = 'https://127.0.0.1:1/pool';
    for (const changes of [
      { endpoint: 'http://127.0.0.1:1' },
      { endpoint: 'https://127.0.0.1:1' },
      { issuer: nowhere, endpoint: undefined },
    ]) {
      const error = await attempt(changes);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(UnauthenticatedError);
    }
  });
});
