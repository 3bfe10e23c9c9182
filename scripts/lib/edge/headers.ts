/**
 * What the edge adds to every answer. `frontend/template.yaml` gives the same on AWS, and a test compares the two,
 * so that a page that works locally is not refused by a policy that only the cloud has.
 */

/** Origins beside the app's own that a page may talk to. */
export interface PageOrigins {
  /** The upload bucket: where the upload form is sent, and where rangers see undecided pictures. */
  readonly uploads: readonly string[];
  /** Where live messages come from, `ws://…` or `wss://…`. */
  readonly notifications: readonly string[];
  /** The identity provider's token endpoint, when it is on another origin. */
  readonly signIn: readonly string[];
  /** Style, tiles, glyphs and sprites of the online map. */
  readonly map: readonly string[];
}

/**
 * Builds the Content-Security-Policy of every page.
 *
 * @param hotStyles - lets in the style elements with which Vite exchanges styles; in watch mode only
 */
export function contentSecurityPolicy(origins: PageOrigins, hotStyles = false): string {
  const connect = [...origins.uploads, ...origins.notifications, ...origins.signIn, ...origins.map];
  return [
    "default-src 'none'",
    "script-src 'self'",
    hotStyles ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
    // Vue and MapLibre set style attributes; style elements and sheets still come from the app only.
    "style-src-attr 'unsafe-inline'",
    // Rangers see pictures that wait for them straight from the upload bucket, by links that end after minutes.
    ["img-src 'self' blob: data:", ...origins.uploads].join(' '),
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    // MapLibre starts its workers from a blob.
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The emulator's sign-in form carries its style in the page and posts to the same origin. */
export const signInFormPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Security headers that depend on no name; HSTS is for AWS only, because localhost speaks plain HTTP. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'geolocation=(self), camera=(self), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** Two years, the time that browsers' preload lists ask for. */
export const hstsMaxAgeSeconds = 63_072_000;

/** The online map that is tried first; the app has an offline one of its own. */
export const defaultMapStyleUrl = 'https://tiles.openfreemap.org/styles/liberty';

/** Vite puts a hash of the content into the names under `assets/`, so such a file never changes. */
const hashedAsset = /^\/(?:[a-z0-9-]+\/)?assets\/.+-[\w-]{8,}\.[a-z0-9]+$/;

/** `Cache-Control` of a file of a built app, by its path; used by the local server and by the upload to the web bucket. */
export function appCacheControl(pathname: string): string {
  return hashedAsset.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
