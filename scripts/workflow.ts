import { changeRoutingRequest } from '#contracts/api/workflows.ts';
import { workflowVersion } from '#contracts/photos.ts';
import type { Routes } from '#contracts/tables/items.ts';
import { AppError } from '#platform/errors.ts';
import { changeRouting } from '../backend/functions/change-routing/change-routing.ts';
import { parseArguments } from './lib/args.ts';
import { deleteStack } from './lib/delete-stack.ts';
import { Failure, runMain } from './lib/failure.ts';
import { root } from './lib/paths.ts';
import { createProgress } from './lib/progress.ts';
import { confirm } from './lib/stages.ts';
import { activate, canary, promote, rollback, sentence } from './lib/workflow/decisions.ts';
import { retirable } from './lib/workflow/retire.ts';
import { scaffold, versionsOf } from './lib/workflow/scaffold.ts';
import { printStatus, printVersions } from './lib/workflow/tables.ts';
import { findTarget, type Target } from './lib/workflow/target.ts';

const usage = `npm run workflow -- <what> [--stage NAME] [--yes]
  list                      the versions: share of new photos, executions of the last hour
  status                    where new photos go, what held before, which photos are on their way
  activate v3               all new photos go to v3
  activate v3 --place ID    those of one place go to v3; "activate default --place ID" ends that
  canary v3 10              10 % of new photos go to v3; 0 ends that
  promote                   all new photos go to the canary's version
  rollback                  what held before the last change holds again
  retire v1                 deletes the stack of a version that nothing needs any more
  new v5                    makes v5 of the newest version, in the working tree
Without --stage, it is the app that runs on this machine.`;

const { values, positionals } = parse();

function parse() {
  try {
    return parseArguments(usage, {
      allowPositionals: true,
      options: {
        stage: { type: 'string' },
        place: { type: 'string' },
        yes: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exit(1);
  }
}

await runMain(async () => {
  const [verb = '', ...args] = positionals;
  const decisions: Record<string, (target: Target) => Promise<Routes>> = {
    activate: async ({ routing }) => activate(await routing.get(), args[0] ?? '', values.place),
    canary: async ({ routing }) => canary(await routing.get(), version(args[0]), share(args[1])),
    promote: async ({ routing }) => promote(await routing.get()),
    rollback: async ({ routing }) => rollback(await routing.get()),
  };
  const decision = decisions[verb];
  if (decision) await decide(await findTarget(values.stage), decision);
  else if (verb === 'list') await printVersions(await findTarget(values.stage), versionsOf(root));
  else if (verb === 'status') await printStatus(await findTarget(values.stage));
  else if (verb === 'retire') await retire(await findTarget(values.stage), version(args[0]));
  else if (verb === 'new') makeNew(version(args[0]));
  else throw new Failure(`Expected what to do, got "${verb}".\nUsage: ${usage}`);
});

async function decide(target: Target, decision: (target: Target) => Promise<Routes>): Promise<void> {
  const { routing, registry } = target;
  const { revision } = await routing.get();
  const wanted = changeRoutingRequest.safeParse({ ...(await decision(target)), revision });
  if (!wanted.success) {
    throw new Failure(`${wanted.error.issues.map(({ message }) => message).join('\n')}\nUsage: ${usage}`);
  }
  await ask(target, `From now on ${sentence(wanted.data)} in`, []);
  const change = changeRouting({ routing, registry, now: () => new Date() });
  const changed = await change({ body: wanted.data }).catch(asFailure);
  console.log(`From now on ${sentence(changed)}. Photos on their way stay with the version they have.`);
}

async function retire(target: Target, retired: string): Promise<void> {
  const stackName = await retirable(target, retired);
  await ask(target, 'This deletes, with the history of its executions:', [stackName]);
  await createProgress().step(`Delete ${stackName}`, () => deleteStack(stackName, target.region, target.env));
  console.log(
    `${retired} is retired. As long as its files are here, the next start or deployment of all stacks brings it back: ` +
      `remove workflows/templates/${retired}, workflows/statemachines/${retired}.asl.json and its sections in samconfig.toml.`,
  );
}

function makeNew(wanted: string): void {
  for (const path of scaffold(root, wanted)) console.log(`  ${path}`);
  console.log(`${wanted} does what the version before does. Change it, then:
  npm run graphs                                   draws it
  npm run test:workflow -- ${wanted}                     tests it against the contract
  npm start                                        deploys it here (npm start -- --watch: at once)
  npm run deploy -- --stage dev --stack ${wanted}        deploys it to AWS, and nothing else
  npm run workflow -- canary ${wanted} 10                tries it out`);
}

/** In an AWS account, nothing changes without a word. */
async function ask({ identity, stage }: Target, what: string, names: readonly string[]): Promise<void> {
  if (identity && !values.yes) await confirm(what, identity, names, stage);
}

function version(text: string | undefined): string {
  if (workflowVersion.safeParse(text).success && text) return text;
  throw new Failure(`Expected a version such as v3, got "${text ?? ''}".\nUsage: ${usage}`);
}

function share(text: string | undefined): number {
  const percent = text === undefined ? Number.NaN : Number(text.replace(/\s*%$/, ''));
  if (Number.isFinite(percent)) return percent;
  throw new Failure(`Expected a share in percent such as 10, got "${text ?? ''}".\nUsage: ${usage}`);
}

/** A refusal reads the same here as in the API. */
function asFailure(error: unknown): never {
  throw error instanceof AppError ? new Failure(error.message) : error;
}
