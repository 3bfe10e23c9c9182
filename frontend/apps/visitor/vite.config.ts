import { defineConfig, mergeConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { appConfig } from '../../vite.base.config.ts';
import { navigateFallbackDenylist, runtimeCaching } from './pwa.ts';

export default mergeConfig(
  appConfig('visitor', '/'),
  defineConfig({
    plugins: [
      VitePWA({
        registerType: 'prompt',
        injectRegister: false,
        manifest: {
          id: '/',
          name: 'Happy Path',
          short_name: 'Happy Path',
          description: 'A park guide that its visitors fill',
          lang: 'en',
          start_url: '/',
          scope: '/',
          display: 'standalone',
          background_color: '#f6f1e7',
          theme_color: '#1d5a3b',
          categories: ['travel', 'navigation', 'photo'],
          icons: [
            { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
            { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
            { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
            { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          ],
        },
        workbox: {
          // The first visit is offline-ready, too: the worker takes over the page that installed it.
          clientsClaim: true,
          globPatterns: ['**/*.{html,js,mjs,css,svg,png,json,webmanifest}'],
          // The built-in map is the largest and the one that is needed most when there is no network.
          maximumFileSizeToCacheInBytes: 3_000_000,
          navigateFallback: '/index.html',
          navigateFallbackDenylist,
          runtimeCaching,
          cleanupOutdatedCaches: true,
        },
      }),
    ],
  }),
);
