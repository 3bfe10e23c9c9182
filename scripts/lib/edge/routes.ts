import { ulidSchema } from '#contracts/ids.ts';

/** Where a path of the one origin leads; the CloudFront behaviours of `frontend/template.yaml` sort the same way. */
export type Route =
  | { readonly to: 'config' }
  | { readonly to: 'api' }
  | { readonly to: 'orders' }
  | { readonly to: 'sign-in' }
  | { readonly to: 'picture'; readonly key: string }
  | { readonly to: 'file'; readonly app: string; readonly path: string }
  | { readonly to: 'nothing' };

const picture = /^\/photos\/([^/]+)\/([a-z0-9-]{1,64}\.(?:webp|jpg))$/;
const signInPaths = new Set(['/oauth2/authorize', '/oauth2/token', '/oauth2/userInfo', '/login', '/logout']);
/** Dot segments, hidden files, backslashes, encoded slashes and control characters name no file of an app. */
const unsafe = /\/\.|\\|%2f|%5c|%2e|%0|%1|\/\//i;

/**
 * Decides by path alone.
 *
 * @param pathname - path of the URL as sent, still percent-encoded
 * @param apps - names of the apps beside the visitor's, each served under `/<name>/`
 */
export function routeOf(pathname: string, apps: readonly string[] = []): Route {
  if (pathname === '/config.json') return { to: 'config' };
  if (pathname.startsWith('/api/')) return { to: 'api' };
  if (pathname.startsWith('/orders/')) return { to: 'orders' };
  if (signInPaths.has(pathname)) return { to: 'sign-in' };
  if (unsafe.test(pathname)) return { to: 'nothing' };
  const [, photoId, file] = picture.exec(pathname) ?? [];
  if (photoId !== undefined && file !== undefined) {
    return ulidSchema.safeParse(photoId).success
      ? { to: 'picture', key: pathname.slice(1) }
      : { to: 'nothing' };
  }
  const app = apps.find((name) => pathname === `/${name}` || pathname.startsWith(`/${name}/`));
  const path = app === undefined ? pathname : pathname.slice(app.length + 1) || '/';
  return { to: 'file', app: app ?? 'visitor', path: singlePage(path) };
}

/** A path without a file extension is a page of the app, which has one document for all its pages. */
function singlePage(path: string): string {
  return path.slice(path.lastIndexOf('/')).includes('.') ? path : '/index.html';
}
