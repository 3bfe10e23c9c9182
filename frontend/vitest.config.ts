import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { aliases } from './aliases.config.ts';

export default defineConfig({
  resolve: { alias: aliases },
  plugins: [vue()],
  test: {
    environment: 'happy-dom',
    // Each file keeps its own globals, but the worker and what it loaded is used again: a quarter of the time.
    pool: 'vmThreads',
    include: ['apps/**/*.test.ts', 'packages/**/*.test.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
