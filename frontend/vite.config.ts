import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { aliases } from './aliases.config.ts';
import { navigateFallbackDenylist, runtimeCaching } from './apps/visitor/pwa.ts';

const app = fileURLToPath(new URL('./apps/visitor', import.meta.url));

/** `npm run dev` shows the sources over the data of a running `npm start`. */
const running = process.env.HAPPY_PATH_ORIGIN ?? 'http://localhost:3000';

export default defineConfig({
  root: app,
  resolve: { alias: aliases },
  plugins: [
    vue(),
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
  server: {
    proxy: {
      '^/(api/|config\\.json$|photos/[^/]+/[^/]+\\.)': running,
      '/mqtt': { target: running, ws: true },
    },
  },
  build: { outDir: `${app}/dist`, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
});
