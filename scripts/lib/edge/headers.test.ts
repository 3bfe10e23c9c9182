import { expect, it } from 'vitest';
import { appCacheControl, contentSecurityPolicy, hstsMaxAgeSeconds, securityHeaders } from './headers.ts';
import { edgeTemplate } from './template.testing.ts';

const config = edgeTemplate().SecurityHeaders.Properties.ResponseHeadersPolicyConfig;

it('gives pages the same Content-Security-Policy locally and on AWS', () => {
  // Prepare
  const values = new Map([
    ['UploadBucketName', 'uploads'],
    ['AWS::Region', 'eu-west-1'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['NotificationHost', 'abc-ats.iot.eu-west-1.amazonaws.com'],
    ['SignInOrigin', 'https://park.auth.eu-west-1.amazoncognito.com'],
    ['MapOrigins', 'https://tiles.example.com https://glyphs.example.com'],
  ]);
  const template = config.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;

  // Act
  const onAws = template.replaceAll(
    /\$\{([^}]+)\}/g,
    (_, name: string) => values.get(name) ?? `unknown ${name}`,
  );

  // Assess
  expect(onAws).toBe(
    contentSecurityPolicy({
      uploads: ['https://uploads.s3.eu-west-1.amazonaws.com'],
      notifications: ['wss://abc-ats.iot.eu-west-1.amazonaws.com'],
      signIn: ['https://park.auth.eu-west-1.amazoncognito.com'],
      map: ['https://tiles.example.com', 'https://glyphs.example.com'],
    }),
  );
});

it('gives every answer the same security headers locally and on AWS', () => {
  // Act
  const { FrameOptions, ReferrerPolicy, StrictTransportSecurity } = config.SecurityHeadersConfig;
  const onAws = Object.fromEntries([
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', FrameOptions.FrameOption],
    ['referrer-policy', ReferrerPolicy.ReferrerPolicy],
    ...config.CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value]),
  ]);

  // Assess
  expect(onAws).toEqual(securityHeaders);
  expect(StrictTransportSecurity.AccessControlMaxAgeSec).toBe(hstsMaxAgeSeconds);
});

it.each([
  ['/assets/index-BkA91x_z.js', 'public, max-age=31536000, immutable'],
  ['/staff/assets/index-BkA91x_z.css', 'public, max-age=31536000, immutable'],
  ['/assets/logo.svg', 'no-cache'],
  ['/index.html', 'no-cache'],
  ['/sw.js', 'no-cache'],
  ['/manifest.webmanifest', 'no-cache'],
  ['/config.json', 'no-cache'],
])('keeps %s in the browser with %s', (path, expected) => {
  expect(appCacheControl(path)).toBe(expected);
});
