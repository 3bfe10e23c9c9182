import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { routeOf } from './routes.ts';
import { edgeTemplate } from './template.testing.ts';

const photo = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const index = { to: 'file', app: 'visitor', path: '/index.html' };
const staffIndex = { to: 'file', app: 'staff', path: '/index.html' };
const displayIndex = { to: 'file', app: 'display', path: '/index.html' };
const { SinglePageFunction, Distribution } = edgeTemplate();
const { CacheBehaviors, DefaultCacheBehavior } = Distribution.Properties.DistributionConfig;

/** One table for both edges: path, local route, origin in CloudFront, path at that origin when a function changes it. */
const table = [
  ['/', index, 'web', '/index.html'],
  ['/places/abc', index, 'web', '/index.html'],
  [`/photos/${photo}`, index, 'web', '/index.html'],
  [`/photos/${photo}/journey`, index, 'web', '/index.html'],
  ['/auth/callback', index, 'web', '/index.html'],
  ['/v1.2/page', index, 'web', '/index.html'],
  ['/api', index, 'web', '/index.html'],
  ['/staff', staffIndex, 'web', '/staff/index.html'],
  ['/staff/', staffIndex, 'web', '/staff/index.html'],
  [`/staff/photos/${photo}/execution`, staffIndex, 'web', '/staff/index.html'],
  ['/staff/auth/callback', staffIndex, 'web', '/staff/index.html'],
  ['/staffing', index, 'web', '/index.html'],
  ['/display', displayIndex, 'web', '/display/index.html'],
  ['/display/', displayIndex, 'web', '/display/index.html'],
  ['/display/auth/callback', displayIndex, 'web', '/display/index.html'],
  ['/displays', index, 'web', '/index.html'],
  [
    '/staff/assets/a-12345678.js',
    { to: 'file', app: 'staff', path: '/assets/a-12345678.js' },
    'web',
    '/staff/assets/a-12345678.js',
  ],
  ['/sw.js', { to: 'file', app: 'visitor', path: '/sw.js' }, 'web', '/sw.js'],
  [
    '/assets/a-12345678.js',
    { to: 'file', app: 'visitor', path: '/assets/a-12345678.js' },
    'web',
    '/assets/a-12345678.js',
  ],
  ['/config.json', { to: 'config' }, 'web', '/config.json'],
  ['/api/places', { to: 'api' }, 'api', '/api/places'],
  ['/api/me/photos', { to: 'api' }, 'api', '/api/me/photos'],
  ['/orders', index, 'web', '/index.html'],
  ['/orders/cafes', { to: 'orders' }, 'orders', '/orders/cafes'],
  [`/orders/orders/${photo}/receipt`, { to: 'orders' }, 'orders', `/orders/orders/${photo}/receipt`],
  [
    `/photos/${photo}/tile.webp`,
    { to: 'picture', key: `photos/${photo}/tile.webp` },
    'pictures',
    `/photos/${photo}/tile.webp`,
  ],
  [
    `/photos/${photo}/share.jpg`,
    { to: 'picture', key: `photos/${photo}/share.jpg` },
    'pictures',
    `/photos/${photo}/share.jpg`,
  ],
] as const;

describe.each(table)('%s', (path, local, origin, pathAtOrigin) => {
  it('is routed by the local edge', () => {
    expect(routeOf(path, ['staff', 'display'])).toEqual(local);
  });

  it('is routed to the same place by CloudFront', () => {
    const hit =
      CacheBehaviors.find(({ PathPattern }) => glob(PathPattern).test(path)) ?? DefaultCacheBehavior;
    expect(hit.TargetOriginId).toBe(origin);
    expect(hit.TargetOriginId === 'web' ? rewritten(path) : path).toBe(pathAtOrigin);
  });
});

it.each([
  '/photos/../../etc/passwd.jpg',
  '/photos/not-an-id/tile.webp',
  '/.env',
  '/assets/.git/config',
  '/assets/..%2f..%2fsecret.json',
  '/%2e%2e/secret.json',
  '/a\\b.js',
  '//example.com/',
  '/a%00.js',
])('leads %s nowhere', (path) => {
  expect(routeOf(path)).toEqual({ to: 'nothing' });
});

it('has no app beside the visitor app that was not built', () => {
  expect(routeOf('/staff')).toEqual(index);
});

it('lets nobody but readers at pictures and apps on AWS', () => {
  const readers = [DefaultCacheBehavior, ...CacheBehaviors].filter(
    ({ TargetOriginId }) => !['api', 'orders'].includes(TargetOriginId),
  );
  expect(readers).toHaveLength(3);
  for (const { AllowedMethods } of readers) expect(AllowedMethods).toEqual(['GET', 'HEAD']);
});

/** CloudFront's path patterns: `*` stands for any characters, slashes too. */
function glob(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
}

function rewritten(uri: string): unknown {
  const code = `${SinglePageFunction.Properties.FunctionCode}; handler({ request: { uri } }).uri`;
  return runInNewContext(code, { uri });
}
