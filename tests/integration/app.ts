import { inject } from 'vitest';
import { localStacks } from '../../scripts/lib/stacks.ts';
import { awsClients, stackResources } from '../support/aws.ts';
import { newUser } from '../support/users.ts';

/** The running app that the tests work on. */
export const outputs = inject('outputs');
export const web = outputs.frontends.visitor;
export const aws = awsClients(outputs.endpoint);

/** An output of a stack; fails with its name when it is not there. */
export function stackOutput(stack: string, name: string): string {
  const value = outputs.stacks[stack]?.[name];
  if (value) return value;
  throw new Error(`Expected stack ${stack} to have the output ${name}`);
}

export const topicPrefix = stackOutput('backend', 'TopicPrefix');

export const visitor = () => newUser(aws, outputs);
export const ranger = () => newUser(aws, outputs, ['rangers']);

/** Every dead-letter queue of every stack: name and URL. */
export async function deadLetterQueues(): Promise<readonly { name: string; url: string }[]> {
  const running = localStacks.filter(({ name }) => name in outputs.stacks);
  const stacks = await Promise.all(running.map(({ stackName }) => stackResources(aws, stackName)));
  return stacks
    .flatMap((resources) => [...resources])
    .filter(([name]) => name.endsWith('DeadLetters'))
    .map(([name, url]) => ({ name, url }));
}
