import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { aliases } from './aliases.config.ts';

const app = fileURLToPath(new URL('./apps/visitor', import.meta.url));

export default defineConfig({
  root: app,
  resolve: { alias: aliases },
  plugins: [vue()],
  build: { outDir: `${app}/dist`, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
});
