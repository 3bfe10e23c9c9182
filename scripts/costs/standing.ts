import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../lib/stacks.ts';
import type { Measured } from './measured.ts';

/** Counts what is paid whether anybody comes or not, in the templates of stacks. */
export function standingIn(stacks: readonly Stack[]): Measured['standing'] {
  const text = stacks.map(({ root, template }) => readFileSync(join(root, template), 'utf8')).join('\n');
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return {
    alarms: count(/Type: AWS::CloudWatch::Alarm\b/g),
    queueMappings: count(/^ *Type: SQS$/gm),
    apiMethods: count(/Type: Api\b/g),
    schedules: count(/Type: (Schedule|ScheduleV2)\b/g),
  };
}
