import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { parseArguments } from './lib/args.ts';
import { emulatorLog } from './lib/emulator.ts';
import { runMain } from './lib/failure.ts';
import { openFunctionLogs } from './lib/function-logs.ts';
import { readOutputs, requireOutputs } from './lib/outputs.ts';
import { stateFolder } from './lib/state.ts';

const usage = 'npm run logs -- [function] [--no-follow] [--minutes N]';

await runMain(async () => {
  const { values, positionals } = parseArguments(usage, {
    options: { follow: { type: 'boolean', default: true }, minutes: { type: 'string', default: '10' } },
    allowNegative: true,
    allowPositionals: true,
  });
  const [name] = positionals;
  const { endpoint } = requireOutputs();
  const since = Date.now() - Number(values.minutes) * 60_000;
  const logs = openFunctionLogs(endpoint, name, since);
  const problems = name ? () => [] : tailProblems(emulatorLog(stateFolder));
  do {
    for (const line of [...(await logs.read()), ...problems()]) console.log(line);
    if (values.follow) await new Promise((resolve) => setTimeout(resolve, 1000));
  } while (values.follow && readOutputs());
});

/** Reads what the emulator wrote since the last call and keeps its warnings and errors. */
function tailProblems(file: string): () => string[] {
  let position = 0;
  return () => {
    if (!existsSync(file)) return [];
    const length = Math.max(0, statSync(file).size - position);
    const chunk = Buffer.alloc(length);
    const handle = openSync(file, 'r');
    readSync(handle, chunk, 0, length, position);
    closeSync(handle);
    position += length;
    const lines = chunk.toString('utf8').split('\n');
    return lines
      .filter((line) => /\b(WARNING|ERROR|CRITICAL)\b/.test(line))
      .map((line) => `[emulator] ${line}`);
  };
}
