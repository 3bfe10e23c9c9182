import type { LocalApp } from '../local.ts';
import { root } from '../paths.ts';
import type { Progress } from '../progress.ts';
import { stacksOf } from '../stacks.ts';
import { startDevServers } from './dev-servers.ts';
import { connect } from './live-stack.ts';
import { watchSources } from './sources.ts';
import { watchStacks } from './watch.ts';

/** The watch mode of one app. */
export interface WatchMode {
  readonly devServers: Record<string, string>;
  /** Follows the sources until it is stopped. */
  follow(app: LocalApp, onDeployed: () => void): Promise<void>;
  stop(): Promise<void>;
}

/** Begins to look at the sources, before the app is built from them, and serves the front ends with hot reload. */
export async function prepareWatchMode(
  stateFolder: string,
  { say, step }: Progress,
  signal: AbortSignal,
): Promise<WatchMode> {
  const sources = await watchSources(root);
  const servers = await step('Start the front ends with hot reload', () => startDevServers(say));
  const line = (text: string) => say(`${new Date().toLocaleTimeString('en-GB')} ${text}`);
  return {
    devServers: servers.origins,
    async follow(app, onDeployed) {
      await watchStacks({
        sources,
        listStacks: () => stacksOf(root).filter((stack) => !stack.onlyOnAws),
        clients: connect(app.outputs.endpoint),
        stateFolder,
        deploy: async (stack) => {
          await app.redeploy(stack);
          onDeployed();
        },
        say: line,
        signal,
      });
    },
    async stop() {
      servers.stop();
      await sources.close();
    },
  };
}
