// Plays a Lambda worker for one function that looks at pictures, in this process, which loads nothing else before it:
// `node vision-worker.ts <bundle> <bucket> <key>...`.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const rounds = 3;
const photoId = '01HAPPYPATH000000000000001';
const context = { functionName: 'bench', awsRequestId: photoId, getRemainingTimeInMillis: () => 30_000 };
const [bundle = '', bucket, ...keys] = process.argv.slice(2);

const started = performance.now();
const { handler } = createRequire(import.meta.url)(bundle);
const loaded = performance.now();
await handler({ photoId, bucket, key: keys[0] }, context);
const answered = performance.now();

// The compiler needs some more calls until it is done.
for (const key of keys.slice(0, 5)) await handler({ photoId, bucket, key }, context);
const cpuMs: number[] = [];
const outcomes: string[] = [];
for (let turn = 0; turn < rounds; turn += 1) {
  for (const key of keys) {
    const before = process.cpuUsage();
    const { outcome } = await handler({ photoId, bucket, key }, context);
    const { user, system } = process.cpuUsage(before);
    cpuMs.push((user + system) / 1000);
    if (turn === 0) outcomes.push(outcome);
  }
}

// `maxRSS` also counts what the parent had before it started us; Linux knows better.
const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
const peakRssMb = Math.round(Number(kilobytes) / 1024);
const initMs = loaded - started;
process.stdout.write(
  `\n${JSON.stringify({ initMs, firstMs: answered - loaded, cpuMs, peakRssMb, outcomes })}\n`,
);
