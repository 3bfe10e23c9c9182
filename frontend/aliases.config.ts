import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The names under which apps import the shared packages and the contracts; the same as `paths` in tsconfig.json. */
export const aliases = [
  { find: /^@happy-path\/([a-z-]+)$/, replacement: at('./packages/$1/src/index.ts') },
  { find: '@happy-path/app/testing', replacement: at('./packages/app/src/testing.ts') },
  { find: /^#contracts\//, replacement: at('../contracts/') },
];
