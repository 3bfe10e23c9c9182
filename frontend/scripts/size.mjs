// Fails when the JavaScript that the first view needs, without the map, weighs more than its budget: `npm run size`.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 120 * 1024;
const dist = new URL('../apps/visitor/dist/', import.meta.url);
const read = (path) => {
  try {
    return readFileSync(new URL(path, dist));
  } catch {
    console.error(`Expected ${path} in apps/visitor/dist, got nothing. Run npm run build first.`);
    process.exit(1);
  }
};

/** Everything that a chunk imports at once, itself included; what is imported later, as the map is, does not count. */
function closure(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const code = read(path).toString();
  for (const [, name] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g))
    closure(`assets/${name}`, seen);
  return seen;
}

const html = read('index.html').toString();
const entries = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path);
if (entries.length === 0) {
  console.error(
    'Expected index.html to load a script from /assets, found none. Has the build changed its layout?',
  );
  process.exit(1);
}
const chunks = [...new Set(entries.flatMap((entry) => [...closure(entry)]))];
const sizes = chunks
  .map((path) => ({ path, bytes: gzipSync(read(path), { level: 9 }).length }))
  .sort((a, b) => b.bytes - a.bytes);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { path, bytes } of sizes) console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB  ${path}`);
console.log(`${(total / 1024).toFixed(1).padStart(7)} KB  gzip in all, of ${budget / 1024} KB`);
if (total > budget) {
  console.error('Expected the first view to fit its budget. Load later what it does not need at once.');
  process.exit(1);
}
