import { localToolEnvironment } from '../aws.ts';
import { run } from '../processes.ts';
import type { Stack } from '../stacks.ts';
import { bundleAll } from './bundle.ts';
import { readSources } from './template.ts';

/** Looks for the places in the sources that made a deployment fail; none when they look good. */
export async function explainFailure(stack: Stack): Promise<string[]> {
  const { functions } = readSources(stack);
  const bundles = await bundleAll(stack.root, functions);
  const broken = [...bundles.values()].flatMap((bundle) => ('problems' in bundle ? bundle.problems : []));
  return [...new Set(broken), ...(await lint(stack))];
}

/** Only after a failure, because it takes seconds, and a template with a warning deploys all the same. */
async function lint({ root, template }: Stack): Promise<string[]> {
  const args = ['--format', 'parseable', '--non-zero-exit-code', 'none', '--', template];
  const { output } = await run('cfn-lint', args, { cwd: root, env: localToolEnvironment('') });
  return output.split('\n').flatMap((line) => {
    // A message may list all values that are allowed, so only its beginning is shown.
    const [, row, column, message] = /^[^:]+:(\d+):(\d+):\d+:\d+:E\d+:(.{1,200})/.exec(line) ?? [];
    return row === undefined ? [] : [`${template}:${row}:${column} ${message}`];
  });
}
