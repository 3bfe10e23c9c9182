import { join } from 'node:path';
import { localToolEnvironment } from '../../scripts/lib/aws.ts';
import { root } from '../../scripts/lib/paths.ts';
import { type RunResult, run } from '../../scripts/lib/processes.ts';

/** Runs `npm run workflow -- ...` against an emulator, as if it were the AWS account of a stage. */
export function workflowCommand(endpoint: string, ...args: string[]): Promise<RunResult> {
  const script = join(root, 'scripts', 'workflow.ts');
  return run('node', [script, ...args, '--stage', 'local', '--yes'], {
    env: localToolEnvironment(endpoint),
  });
}
