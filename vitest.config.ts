import { defineConfig } from 'vitest/config';

/**
 * How long a test on a running app may take, in milliseconds. Timings decide no test: it ends what waits for what will
 * never come, on a machine that is several times slower than any we know.
 */
const patience = 300_000;

/** One project a kind of test, so that `npm run test:unit` stays quick and needs nothing but Node. */
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          // Modules hold no state between files, so the AWS SDK and sharp are loaded once a worker and not once a file.
          // Workers are processes: libvips has one error text for all threads of a process.
          isolate: false,
          pool: 'forks',
          include: ['{contracts,platform,backend,workflows,scripts}/**/*.test.ts'],
          testTimeout: 30_000,
          exclude: ['**/node_modules/**', '**/.aws-sam/**'],
        },
      },
      { test: { name: 'static', include: ['tests/static/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          name: 'vision',
          include: ['tests/vision/**/*.test.ts'],
          globalSetup: ['tests/vision/global-setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/integration/global-setup.ts'],
          fileParallelism: false,
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        test: {
          name: 'swap',
          include: ['tests/swap/**/*.test.ts'],
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        test: {
          name: 'orders',
          include: ['tests/orders/**/*.test.ts'],
          // Use-cases run in the tests' own process, a thousand at a time.
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
          globalSetup: ['tests/orders/global-setup.ts'],
          fileParallelism: false,
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['tests/conformance/**/*.test.ts'],
          globalSetup: ['tests/conformance/global-setup.ts'],
          fileParallelism: false,
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          fileParallelism: false,
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['contracts/**/*.ts', 'platform/**/*.ts', 'backend/functions/**/*.ts', 'workflows/**/*.ts'],
      exclude: ['**/*.test.ts', '**/index.ts'],
    },
  },
});
