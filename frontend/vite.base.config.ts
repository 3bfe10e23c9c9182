import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import type { UserConfig } from 'vite';
import { aliases } from './aliases.config.ts';

/** `npm run dev` shows the sources over the data of a running `npm start`. */
const running = process.env.HAPPY_PATH_ORIGIN ?? 'http://localhost:3000';

/**
 * What the builds of all apps have in common.
 *
 * @param name - folder below `apps/`
 * @param base - path that the app is served under
 */
export function appConfig(name: string, base: string) {
  const root = fileURLToPath(new URL(`./apps/${name}`, import.meta.url));
  return {
    root,
    base,
    resolve: { alias: aliases },
    plugins: [vue()],
    server: {
      proxy: {
        '^/(api/|orders/|config\\.json$|photos/[^/]+/[^/]+\\.)': running,
        '/mqtt': { target: running, ws: true },
      },
    },
    build: { outDir: `${root}/dist`, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  } satisfies UserConfig;
}
