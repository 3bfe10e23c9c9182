import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { aliases } from './aliases.config.ts';

export default defineConfig({
  resolve: { alias: aliases },
  plugins: [vue()],
  test: {
    environment: 'happy-dom',
    include: ['apps/**/*.test.ts', 'packages/**/*.test.ts'],
    restoreMocks: true,
  },
});
