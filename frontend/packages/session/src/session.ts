import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { shallowReadonly, shallowRef } from 'vue';
import type { FrontendConfig } from '#contracts/api/frontend-config.ts';
import { userOf } from './claims.ts';
import { renewTokens } from './renew.ts';
import { returnToOf } from './return-to.ts';
import type { Session, SessionUser } from './types.ts';

export interface SessionOptions {
  /** Where the app lives. @default location.origin */
  origin?: string;
  /** Path that the app is served under, with a slash at both ends. @default '/' */
  base?: string;
  /** @default localStorage */
  storage?: Storage;
}

/** A token is renewed this many seconds before its end, so that it does not end on the way to the server. */
const RENEW_BEFORE = 30;

/**
 * Signs people in by OIDC code + PKCE and keeps them signed in.
 *
 * The tokens live in localStorage. sessionStorage would end with the window, and a phone ends an installed app's
 * window whenever it likes: the visitor would have to sign in again each time, and photos that wait for reception
 * could not go at the next start. The price is that a script in the page could read them for longer; the
 * Content-Security-Policy admits no script but the app's own, access tokens are short-lived, and signing out
 * removes everything.
 */
export function createSession(oidc: FrontendConfig['oidc'], options: SessionOptions = {}): Session {
  const origin = options.origin ?? location.origin;
  const base = options.base ?? '/';
  const home = `${origin}${base}`;
  const manager = createManager(oidc, home, options.storage ?? localStorage);
  const tokenEndpoint = absolute(oidc.tokenEndpoint, origin);
  const user = shallowRef<SessionUser>();

  const show = (next: User | null | undefined) => {
    user.value = next ? userOf(next, oidc.groupsClaim) : undefined;
  };
  const forget = async () => {
    await manager.removeUser();
    show(undefined);
  };

  manager.events.addUserLoaded(show);
  const ready = manager.getUser().then(show, forget);
  followOtherTabs(manager, show);

  let renewing: Promise<string | undefined> | undefined;

  async function accessToken({ refresh = false } = {}): Promise<string | undefined> {
    const before = await manager.getUser();
    if (!before || (!refresh && isFresh(before))) return before?.access_token;
    renewing ??= alone(async () => {
      // Another tab may have renewed it while this one waited; a refresh token is often good only once.
      const now = await manager.getUser();
      if (!now) return undefined;
      if (now.access_token !== before.access_token && isFresh(now)) return now.access_token;
      return renew(now);
    }).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function renew(user: User): Promise<string | undefined> {
    const renewed = await renewTokens(user, { tokenEndpoint, clientId: oidc.clientId });
    if (!renewed) {
      await forget();
      return undefined;
    }
    await manager.storeUser(renewed);
    show(renewed);
    return renewed.access_token;
  }

  return {
    user: shallowReadonly(user),
    ready,
    accessToken,
    async signIn(returnTo = location.pathname.slice(base.length - 1) + location.search + location.hash) {
      await manager.signinRedirect({ state: { returnTo } });
    },
    async completeSignIn() {
      const signedIn = await manager.signinRedirectCallback();
      show(signedIn);
      return returnToOf(signedIn.state);
    },
    async signOut() {
      await manager.signoutRedirect({
        // `logout_uri` is Cognito's name for what OpenID Connect calls `post_logout_redirect_uri`.
        extraQueryParams: { client_id: oidc.clientId, logout_uri: home },
      });
    },
  };
}

function createManager(oidc: FrontendConfig['oidc'], home: string, storage: Storage): UserManager {
  const { origin } = new URL(home);
  return new UserManager({
    authority: oidc.issuer,
    client_id: oidc.clientId,
    scope: oidc.scope,
    ...(oidc.audience && { extraQueryParams: { audience: oidc.audience } }),
    redirect_uri: `${home}auth/callback`,
    post_logout_redirect_uri: home,
    metadata: {
      issuer: oidc.issuer,
      authorization_endpoint: absolute(oidc.authorizationEndpoint, origin),
      token_endpoint: absolute(oidc.tokenEndpoint, origin),
      end_session_endpoint: absolute(oidc.endSessionEndpoint, origin),
    },
    userStore: new WebStorageStateStore({ store: storage }),
    stateStore: new WebStorageStateStore({ store: storage }),
    automaticSilentRenew: false,
    monitorSession: false,
    loadUserInfo: false,
    requestTimeoutInSeconds: 20,
  });
}

/** Sign-in and sign-out in one tab are seen in the others: they share the storage. */
function followOtherTabs(manager: UserManager, show: (user: User | null) => void): void {
  addEventListener('storage', (event) => {
    if (event.key === null || event.key.startsWith('oidc.user:')) void manager.getUser().then(show);
  });
}

const isFresh = (user: User) => (user.expires_in ?? Number.POSITIVE_INFINITY) > RENEW_BEFORE;

const absolute = (url: string, origin: string) => new URL(url, origin).href;

/** One renewal at a time over all tabs, where the browser can do that. */
function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  const locks: LockManager | undefined = navigator.locks ?? undefined;
  return locks ? locks.request('happy-path-renew-token', work) : work();
}
