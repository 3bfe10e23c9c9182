import { Failure } from '../failure.ts';
import type { Stack } from '../stacks.ts';
import { type Bundle, bundleAll, keyOf } from './bundle.ts';
import { explainFailure } from './explain.ts';
import { type Clients, connectStack, definitionProblems, type LiveStack } from './live-stack.ts';
import { renew } from './renew.ts';
import { failureLines, type Report, updateLine } from './report.ts';
import type { Sources } from './sources.ts';
import type { FunctionSource } from './template.ts';

export interface WatchOptions {
  readonly sources: Sources;
  /** The stacks of this moment: the folder of a new version is a new stack. */
  listStacks(): readonly Stack[];
  readonly clients: Clients;
  readonly stateFolder: string;
  /** Builds and deploys one stack. */
  deploy(stack: Stack): Promise<unknown>;
  say(line: string): void;
  /** Ends what is under way; nothing is said of it. */
  readonly signal?: AbortSignal;
}

/** Keeps running stacks as their sources are, until the sources are closed. */
export async function watchStacks(options: WatchOptions): Promise<void> {
  const watch = new Watch(options);
  await watch.connect();
  const { sources, say } = options;
  say('Watching the sources: what you save is live within seconds.');
  let changes = sources.take();
  for (let began: number | undefined = Date.now(); began !== undefined; began = await sources.changed()) {
    changes = [...new Set([...changes, ...sources.take()])];
    if (changes.length === 0) continue;
    try {
      await watch.follow(changes, began);
      changes = [];
    } catch (error) {
      // They are tried again together with the next ones.
      say(`✗ ${error instanceof Error ? error.message : error}`);
    }
  }
}

class Watch {
  readonly #options: WatchOptions;
  readonly #live = new Map<string, LiveStack>();
  /** Files that went into a bundle, by its key. */
  readonly #inputs = new Map<string, readonly string[]>();
  /** Bundles and definitions that had a mistake: tried again at every change. */
  readonly #broken = new Set<string>();
  /** Stacks whose last deployment failed. */
  readonly #failed = new Set<string>();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Learns what runs and which files it is made of. */
  async connect(): Promise<void> {
    const { listStacks, clients, stateFolder } = this.#options;
    for (const stack of listStacks()) {
      try {
        this.#live.set(stack.name, await connectStack(stack, clients, stateFolder));
      } catch {
        // It is new, or its template is broken since it was deployed; its next change deploys it.
        this.#failed.add(stack.name);
      }
    }
    await this.#bundle([...this.#live.values()].flatMap(({ sources }) => sources.functions));
  }

  async follow(changes: readonly string[], began: number): Promise<void> {
    const { listStacks, say } = this.#options;
    const stacks = listStacks();
    const whole = new Set(stacks.filter((stack) => this.#asksForDeployment(stack, changes)));
    const names = new Set([...whole].filter(({ name }) => !this.#failed.has(name)).map(({ name }) => name));
    const report: Report = { changes, updates: [], problems: [], looked: false };
    const present = stacks.map(({ name }) => name).filter((name) => !names.has(name));
    const others = [...this.#live.values()].filter(({ stack }) => present.includes(stack.name));
    await this.#updateFunctions(others, report);
    for (const stack of await this.#updateMachines(others, report)) whole.add(stack);
    const line = updateLine(report, Date.now() - began);
    if (line) say(line);
    for (const stack of whole) await this.#deploy(stack, changes);
    if (changes.includes('package-lock.json')) {
      say('· package-lock.json changed: stop and start again to install its packages.');
    }
  }

  #asksForDeployment({ name, template, inputs }: Stack, changes: readonly string[]): boolean {
    const live = this.#live.get(name);
    const touches = (paths: readonly string[]) =>
      changes.some((change) => paths.some((path) => change === path || change.startsWith(`${path}/`)));
    if (touches([template])) return true;
    if (!live || this.#failed.has(name)) return touches([...inputs, 'samconfig.toml']);
    return touches(live.sources.others.map((path) => path.replace(/\/$/, '')));
  }

  #isAffected(source: FunctionSource, changes: readonly string[]): boolean {
    const inputs = this.#inputs.get(keyOf(source));
    return !inputs || this.#broken.has(keyOf(source)) || changes.some((path) => inputs.includes(path));
  }

  async #updateFunctions(stacks: readonly LiveStack[], report: Report): Promise<void> {
    const affected = stacks.flatMap((live) =>
      live.sources.functions
        .filter((source) => this.#isAffected(source, report.changes))
        .map((source) => ({ live, source })),
    );
    if (affected.length === 0) return;
    report.looked = true;
    const bundles = await this.#bundle(
      affected.map(({ source }) => source),
      report,
    );
    await Promise.all(
      affected.map(async ({ live, source }) => {
        const bundle = bundles.get(keyOf(source));
        if (!bundle || !(await live.updateFunction(source, bundle))) return;
        report.updates.push({ id: source.id, stack: live.stack.name });
      }),
    );
  }

  async #bundle(sources: readonly FunctionSource[], report?: Report): Promise<Map<string, Bundle>> {
    const [first] = this.#live.values();
    const good = new Map<string, Bundle>();
    if (!first) return good;
    for (const [key, bundle] of await bundleAll(first.stack.root, sources)) {
      if ('problems' in bundle) {
        this.#broken.add(key);
        report?.problems.push(...bundle.problems);
      } else {
        this.#broken.delete(key);
        this.#inputs.set(key, bundle.inputs);
        good.set(key, bundle);
      }
    }
    return good;
  }

  /** Tells the stacks that only a deployment can bring up to date. */
  async #updateMachines(stacks: readonly LiveStack[], report: Report): Promise<Stack[]> {
    const unresolved: Stack[] = [];
    for (const live of stacks) {
      for (const machine of live.sources.machines) {
        const { definition } = machine;
        if (!report.changes.includes(definition) && !this.#broken.has(definition)) continue;
        const update = await live.updateMachine(machine);
        this.#broken.delete(definition);
        if ('problems' in update) {
          this.#broken.add(definition);
          report.problems.push(...update.problems);
        } else if (update.done === 'updated') {
          report.updates.push({ id: machine.id, stack: live.stack.name });
        } else {
          unresolved.push(live.stack);
        }
      }
    }
    return unresolved;
  }

  async #deploy(stack: Stack, changes: readonly string[]): Promise<void> {
    const { clients, stateFolder, deploy, say, signal } = this.#options;
    const began = Date.now();
    try {
      const problems = await definitionProblems(stack);
      if (problems.length > 0) throw new Failure(problems.join('\n'));
      await deploy(stack);
      const live = await connectStack(stack, clients, stateFolder);
      this.#live.set(stack.name, live);
      await renew(live, stateFolder);
      this.#failed.delete(stack.name);
      say(`✓ Deployed ${stack.name} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
      await this.#bundle(live.sources.functions.filter((source) => this.#isAffected(source, changes)));
    } catch (error) {
      if (signal?.aborted) return;
      this.#failed.add(stack.name);
      const places = await explainFailure(stack).catch(() => []);
      say(failureLines(stack, error, places));
      await this.#restore(stack, changes);
    }
  }

  /** A deployment that failed has put the code of the last one back, not that of the last update. */
  async #restore({ name }: Stack, changes: readonly string[]): Promise<void> {
    const live = this.#live.get(name);
    if (!live) return;
    live.forget();
    for (const { definition } of live.sources.machines)
      if (changes.includes(definition)) this.#broken.add(definition);
    for (const source of live.sources.functions) {
      if (this.#isAffected(source, changes)) this.#broken.add(keyOf(source));
    }
    await renew(live, this.#options.stateFolder);
  }
}
