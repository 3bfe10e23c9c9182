import { versionsIn } from '../../../backend/routing.ts';
import { Failure } from '../failure.ts';
import { readStackStatus } from '../outputs.ts';
import { stackNameFor } from '../stages.ts';
import { sentence } from './decisions.ts';
import type { Target } from './target.ts';
import { countUnfinished } from './unfinished.ts';

/** The name of a version's stack, once nothing needs it any more; fails with what still does. */
export async function retirable(target: Target, version: string): Promise<string> {
  // By name: a version's files may be gone from the working tree before its stack is.
  const stackName = stackNameFor({ stackName: `happy-path-workflow-${version}` }, target.stage);
  if (!(await readStackStatus(target.cloudFormation, stackName))) {
    throw new Failure(`Expected workflow ${version} to be deployed, got no stack of it.`);
  }
  const routes = await target.routing.get();
  if (versionsIn(routes).includes(version)) {
    throw new Failure(
      `Expected a version that gets no photos, but ${sentence(routes)}. Activate another version first.`,
    );
  }
  // What it was for is decided; what it has begun must come to an end.
  const statuses = (await countUnfinished(target)).get(version);
  if (!statuses) return stackName;
  const list = [...statuses].map(([status, count]) => `${count} ${status}`).join(', ');
  throw new Failure(
    `Expected every photo of ${version} to be finished, got ${list}. Wait for them (npm run workflow -- status), then retire it.`,
  );
}
