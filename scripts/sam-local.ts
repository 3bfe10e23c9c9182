import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArguments } from './lib/args.ts';
import { localToolEnvironment } from './lib/aws.ts';
import { Failure, runMain } from './lib/failure.ts';
import { withLock } from './lib/lock.ts';
import { type LocalOutputs, readOutputs } from './lib/outputs.ts';
import { localFolder, root } from './lib/paths.ts';
import { run } from './lib/processes.ts';
import { buildStack } from './lib/sam.ts';
import {
  deployedEnvironment,
  localTemplate,
  type Outcome,
  outcomeOf,
  sampledFunctions,
} from './lib/sam-local.ts';
import { readSample } from './lib/sample-original.ts';
import { localStacks, type Stack, selectStacks } from './lib/stacks.ts';

const usage = 'npm run sam-local -- [--stack v1] [--function Name] [--host address] [--outputs file]';
const dockerHost = 'host.docker.internal';

interface Session {
  /** The running app, if there is one. */
  readonly app: LocalOutputs | undefined;
  /** How containers name this machine. */
  readonly host: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

interface Call extends Outcome {
  readonly function: string;
  readonly sample: string;
  readonly seconds: string;
}

await runMain(async () => {
  const { values } = parseArguments(usage, {
    options: {
      stack: { type: 'string' },
      function: { type: 'string' },
      host: { type: 'string', default: dockerHost },
      outputs: { type: 'string' },
    },
  });
  const app = readOutputs(values.outputs);
  const folder = mkdtempSync(join(tmpdir(), 'happy-path-sam-local-'));
  const session: Session = { app, host: values.host, folder, env: toolEnvironment(app) };
  try {
    await assertDocker(session);
    console.log(
      app
        ? `Functions call the local AWS of the running app, at ${values.host}.`
        : 'No running app: calls of AWS fail.',
    );
    const calls: Call[] = [];
    for (const stack of selectStacks(localStacks, values.stack ? [values.stack] : [])) {
      calls.push(...(await invokeAll(stack, session, values.function)));
    }
    console.table(
      calls.map(({ ran, failed, ...call }) => ({ ...call, ran: ran ? (failed ? 'failed' : 'yes') : 'NO' })),
    );
    // Without a running app a call of AWS has to fail, so it is enough that the function ran.
    const broken = calls.filter(({ ran, failed }) => !ran || (app && failed));
    if (broken.length > 0 || calls.length === 0) {
      throw new Failure(
        `Expected every function to load and run, got ${broken.length} of ${calls.length} that did not.`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** SAM's own settings are kept: they say how to reach the container engine's images. */
function toolEnvironment(app: LocalOutputs | undefined): NodeJS.ProcessEnv {
  const { AWS_ENDPOINT_URL: _, ...env } = localToolEnvironment('');
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('SAM_'));
  return { ...env, ...Object.fromEntries(own), ...(app && { AWS_ENDPOINT_URL: app.endpoint }) };
}

async function assertDocker({ env }: Session): Promise<void> {
  const { code } = await run('docker', ['info'], { env }).catch(() => ({ code: 1 }));
  if (code !== 0) {
    throw new Failure(
      'Expected a Docker engine, but `docker info` fails. Start Docker, or call functions without it: npm run invoke -- ListPlacesFunction events/functions/list-places/near.json',
    );
  }
}

async function invokeAll(stack: Stack, session: Session, only: string | undefined): Promise<Call[]> {
  const logFile = join(localFolder, 'logs', `sam-local-${stack.name}.log`);
  console.log(`Building ${stack.name} ...`);
  const build = () => buildStack(stack, { env: localToolEnvironment(''), logFile });
  await withLock(join(localFolder, 'locks', stack.name), build);
  const options = await stackOptions(stack, session);
  const calls: Call[] = [];
  for (const { id, samples } of sampledFunctions(stack).filter((one) => !only || one.id === only)) {
    for (const { path } of samples) {
      const event = join(session.folder, basename(path));
      writeFileSync(event, await readSample(join(root, path), session.app));
      const started = Date.now();
      const { code, output } = await run('sam', ['local', 'invoke', id, '-e', event, ...options], {
        env: session.env,
        logFile,
      });
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      const { ran, failed, result } = outcomeOf(output, code);
      console.log(`${id} ${path}: ${result.slice(0, 100)}`);
      calls.push({
        function: id,
        sample: path.replace('events/functions/', ''),
        ran,
        failed,
        result: result.slice(0, 80),
        seconds,
      });
    }
  }
  return calls;
}

async function stackOptions(stack: Stack, { app, host, folder }: Session): Promise<string[]> {
  const reachable = (url: string) => url.replace(/\/\/(localhost|127\.0\.0\.1):/, `//${host}:`);
  const template = localTemplate(stack, app && reachable(app.endpoint));
  // Docker Desktop knows the name by itself, an engine on Linux is told.
  const options = [
    '-t',
    template,
    ...(host === dockerHost ? ['--add-host', `${dockerHost}:host-gateway`] : []),
  ];
  if (!app) return options;
  const deployed = await deployedEnvironment(app.endpoint, stack.stackName);
  const variables = Object.entries(deployed).map(([id, environment]) => {
    // Named here once more: SAM's own AWS_ENDPOINT_URL, for this side of the container, would win over the template's.
    const all = Object.entries({ ...environment, AWS_ENDPOINT_URL: app.endpoint });
    return [id, Object.fromEntries(all.map(([name, value]) => [name, reachable(value)]))];
  });
  const file = join(folder, `${stack.name}-environment.json`);
  writeFileSync(file, JSON.stringify(Object.fromEntries(variables)));
  return [...options, '--env-vars', file];
}
