import { User } from 'oidc-client-ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSession } from './index.ts';

const oidc = {
  issuer: 'https://issuer.example',
  clientId: 'client',
  scope: 'openid email',
  authorizationEndpoint: '/oauth2/authorize',
  tokenEndpoint: '/oauth2/token',
  endSessionEndpoint: '/logout',
  groupsClaim: 'cognito:groups',
};
const KEY = 'oidc.user:https://issuer.example:client';

const encode = (claims: object) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(claims))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const jwt = (claims: object) => `${encode({ alg: 'none' })}.${encode(claims)}.x`;
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

/** Puts a signed-in user where an earlier visit would have left one. */
function keepUser(
  secondsLeft: number,
  claims: object = { sub: 'u1', 'cognito:groups': ['rangers'] },
): string {
  const token = jwt(claims);
  const user = new User({
    access_token: token,
    refresh_token: 'refresh-1',
    token_type: 'Bearer',
    scope: 'openid email',
    expires_at: inSeconds(secondsLeft),
    profile: { sub: 'u1', iss: oidc.issuer, aud: 'client', exp: 0, iat: 0, email: 'zoë@example.com' },
  });
  localStorage.setItem(KEY, user.toStorageString());
  return token;
}

const answer = (status: number, body: object) => vi.fn(async () => Response.json(body, { status }));
const renewed = (token: string) => ({
  access_token: token,
  refresh_token: 'refresh-2',
  token_type: 'Bearer',
  expires_in: 3600,
});

beforeEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

const start = () => createSession(oidc, { origin: 'http://park.example' });

describe('the user', () => {
  it('is nobody for a guest, who has no token', async () => {
    const session = start();

    await session.ready;

    expect(session.user.value).toBeUndefined();
    await expect(session.accessToken()).resolves.toBeUndefined();
  });

  it('is known again from an earlier visit, with the groups of the access token', async () => {
    keepUser(3600);
    const session = start();

    await session.ready;

    expect(session.user.value).toEqual({ id: 'u1', name: 'zoë', groups: ['rangers'] });
  });

  it('has no groups when the access token is opaque', async () => {
    keepUser(3600);
    localStorage.setItem(
      KEY,
      (localStorage.getItem(KEY) ?? '').replace(/"access_token":"[^"]+"/, '"access_token":"opaque"'),
    );
    const session = start();

    await session.ready;

    expect(session.user.value).toMatchObject({ id: 'u1', groups: [] });
  });

  it('leaves this tab when another one signs out', async () => {
    keepUser(3600);
    const session = start();
    await session.ready;

    localStorage.removeItem(KEY);
    dispatchEvent(Object.assign(new Event('storage'), { key: KEY }));

    await vi.waitFor(() => expect(session.user.value).toBeUndefined());
  });

  it('survives a broken store as a guest', async () => {
    localStorage.setItem(KEY, '{');
    const session = start();

    await session.ready;

    expect(session.user.value).toBeUndefined();
  });
});

describe('the access token', () => {
  it('is handed out while it is good', async () => {
    const token = keepUser(3600);
    vi.stubGlobal('fetch', answer(500, {}));

    await expect(start().accessToken()).resolves.toBe(token);

    expect(fetch).not.toHaveBeenCalled();
  });

  it('is renewed shortly before its end by the refresh token', async () => {
    keepUser(20);
    const next = jwt({ sub: 'u1', n: 2 });
    const fetch = answer(200, renewed(next));
    vi.stubGlobal('fetch', fetch);
    const session = start();

    await expect(session.accessToken()).resolves.toBe(next);

    const [url, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];
    expect(url).toBe('http://park.example/oauth2/token');
    expect(String(init.body)).toContain('refresh_token=refresh-1');
    expect(session.user.value?.id).toBe('u1');
  });

  it('is renewed when asked for a newer one although it is good', async () => {
    keepUser(3600);
    const next = jwt({ sub: 'u1', n: 3 });
    vi.stubGlobal('fetch', answer(200, renewed(next)));

    await expect(start().accessToken({ refresh: true })).resolves.toBe(next);
  });

  it('keeps name, groups and the refresh token when the issuer sends no new one', async () => {
    keepUser(0);
    const next = jwt({ sub: 'u1', 'cognito:groups': ['admins'] });
    const fetch = answer(200, { access_token: next, token_type: 'Bearer', expires_in: 5 });
    vi.stubGlobal('fetch', fetch);
    const session = start();

    await session.accessToken();
    await session.accessToken();

    expect(session.user.value).toEqual({ id: 'u1', name: 'zoë', groups: ['admins'] });
    expect(fetch).toHaveBeenCalledTimes(2);
    const [, init] = fetch.mock.calls[1] as unknown as [string, RequestInit];
    expect(String(init.body)).toContain('refresh_token=refresh-1');
  });

  it('serves for its whole time once it is renewed, also for the next visit', async () => {
    keepUser(0);
    const next = jwt({ sub: 'u1', n: 5 });
    const fetch = answer(200, renewed(next));
    vi.stubGlobal('fetch', fetch);
    await start().accessToken();

    await expect(start().accessToken()).resolves.toBe(next);

    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('ends the sign-in when the issuer refuses to renew it', async () => {
    keepUser(0);
    vi.stubGlobal('fetch', answer(400, { error: 'invalid_grant' }));
    const session = start();

    await expect(session.accessToken()).resolves.toBeUndefined();

    expect(session.user.value).toBeUndefined();
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('keeps the sign-in when the issuer cannot be reached', async () => {
    keepUser(0);
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')));
    const session = start();
    await session.ready;

    await expect(session.accessToken()).rejects.toThrow('Failed to fetch');

    expect(session.user.value?.id).toBe('u1');
    expect(localStorage.getItem(KEY)).not.toBeNull();
  });

  it.each([
    ['is broken', () => new Response('bad gateway', { status: 502 })],
    [
      'hides behind a proxy that cannot reach it',
      () => Response.json({ error: { code: 'X', message: '' } }, { status: 502 }),
    ],
    ['has a bad moment', () => Response.json({ error: 'temporarily_unavailable' }, { status: 503 })],
    ['makes no sense', () => Response.json({ tokens: 'none' })],
  ])('keeps the sign-in when the issuer %s', async (_what, respond) => {
    keepUser(0);
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => respond()),
    );
    const session = start();
    await session.ready;

    await expect(session.accessToken()).rejects.toThrow();

    expect(fetch).toHaveBeenCalledTimes(1);
    expect(session.user.value?.id).toBe('u1');
  });

  it('is renewed once when several ask at the same time', async () => {
    keepUser(0);
    const next = jwt({ sub: 'u1', n: 4 });
    const fetch = answer(200, renewed(next));
    vi.stubGlobal('fetch', fetch);
    const session = start();

    const tokens = await Promise.all([session.accessToken(), session.accessToken(), session.accessToken()]);

    expect(tokens).toEqual([next, next, next]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe('an app below a path', () => {
  it('signs in and comes back within itself', async () => {
    history.replaceState(null, '', '/staff/review?photo=1');
    const session = createSession(oidc, { origin: 'http://park.example', base: '/staff/' });

    session.signIn().catch(() => undefined);

    const sent = await vi.waitFor(() => {
      const [state] = Object.entries(localStorage).filter(([key]) => /^oidc\.[0-9a-f]+$/.test(key));
      if (!state) throw new Error('Expected the sign-in to be remembered');
      return JSON.parse(state[1]);
    });
    expect(sent.redirect_uri).toBe('http://park.example/staff/auth/callback');
    expect(sent.data).toEqual({ returnTo: '/review?photo=1' });
  });
});
