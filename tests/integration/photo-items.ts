import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
} from '@aws-sdk/client-sfn';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type PhotoItem, photoItem } from '#contracts/tables/items.ts';
import { photoKeys, routingKey } from '#contracts/tables/keys.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs, stackOutput } from './app.ts';

/** A photo's item, undefined when there is none. */
export async function readItem(photoId: string): Promise<PhotoItem | undefined> {
  const Key = photoKeys.primary(photoId);
  const { Item } = await aws.dynamodb.send(
    new GetCommand({ TableName: outputs.tableName, Key, ConsistentRead: true }),
  );
  return Item && photoItem.parse(Item);
}

/** Overwrites attributes of a photo's item, to bring about what nobody can wait for. */
export async function changeItem(photoId: string, changes: Record<string, unknown>): Promise<void> {
  const names = Object.keys(changes);
  await aws.dynamodb.send(
    new UpdateCommand({
      TableName: outputs.tableName,
      Key: photoKeys.primary(photoId),
      UpdateExpression: `SET ${names.map((_name, at) => `#n${at} = :v${at}`).join(', ')}`,
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name, at) => [`:v${at}`, changes[name]])),
    }),
  );
}

export const longAgo = new Date(Date.now() - 3_600_000).toISOString();

const sweep = z.object({
  sentAgain: z.number(),
  failed: z.number(),
  rejected: z.number(),
  routed: z.number(),
  forgotten: z.number(),
});

/** Runs the sweeper now, with the photo due; the schedule's own run may come between and do the same. */
export async function sweepNow(photoId: string): Promise<z.infer<typeof sweep>> {
  await changeItem(photoId, { GSI3SK: longAgo });
  const { FunctionError, Payload } = await aws.lambda.send(
    new InvokeCommand({ FunctionName: stackOutput('backend', 'SweepPhotosFunctionName'), Payload: '{}' }),
  );
  const text = Payload?.transformToString() ?? '';
  if (FunctionError) throw new Error(`Expected the sweeper to run, got ${text}`);
  return sweep.parse(JSON.parse(text));
}

export interface Run {
  readonly arn: string;
  readonly status: string;
  /** Names of the states it entered, in order. */
  readonly states: readonly string[];
  readonly history: readonly HistoryEvent[];
}

/** All executions of a workflow version for a photo, oldest first. */
export async function runsOf(photoId: string, version = 'v1'): Promise<readonly Run[]> {
  const stateMachineArn = stackOutput(version, 'StateMachineArn');
  const { executions = [] } = await aws.sfn.send(
    new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }),
  );
  const inputs = await Promise.all(executions.map(inputOf));
  const mine = executions.filter((_execution, at) => inputs[at]?.includes(photoId));
  mine.sort((a, b) => (a.startDate?.getTime() ?? 0) - (b.startDate?.getTime() ?? 0));
  return Promise.all(mine.map(runOf));
}

const known = new Map<string, Promise<string>>();

/** An execution's input, which never changes. */
function inputOf({ executionArn = '' }: ExecutionListItem): Promise<string> {
  const cached = known.get(executionArn);
  if (cached) return cached;
  const described = aws.sfn
    .send(new DescribeExecutionCommand({ executionArn }))
    .then(({ input = '' }) => input);
  known.set(executionArn, described);
  return described;
}

/** One execution with its history. */
export async function runOf({
  executionArn = '',
  status,
}: Pick<ExecutionListItem, 'executionArn' | 'status'>): Promise<Run> {
  const { events = [] } = await aws.sfn.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  const states = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
  return { arn: executionArn, status: status ?? '', states, history: events };
}

/** Waits until as many executions as expected are over. */
export function finishedRuns(photoId: string, count: number, version = 'v1'): Promise<readonly Run[]> {
  let seen: readonly Run[] = [];
  return waitUntil(
    `${count} finished executions`,
    async () => {
      seen = await runsOf(photoId, version);
      return seen.length >= count && seen.every(({ status }) => status !== 'RUNNING') ? seen : undefined;
    },
    { seen: () => seen.map(({ status, states }) => ({ status, states })) },
  );
}

/** The last state of each execution, sorted. */
export const endsOf = (runs: readonly Run[]) => runs.map(({ states }) => states.at(-1)).sort();

/** A photo's item, which has to be there. */
export async function itemOf(photoId: string): Promise<PhotoItem> {
  const item = await readItem(photoId);
  if (item) return item;
  throw new Error(`Expected photo ${photoId} to be in the table, got nothing`);
}

/** Has the photos of a place routed to a version that nobody deployed, while the work runs. */
export async function withMissingWorkflow(place: string, work: () => Promise<void>): Promise<void> {
  const of = { TableName: outputs.tableName, Key: routingKey };
  const UpdateExpression = 'SET active = :active, places = :places';
  const write = (places: object) =>
    aws.dynamodb.send(
      new UpdateCommand({
        ...of,
        UpdateExpression,
        ExpressionAttributeValues: { ':active': 'v1', ':places': places },
      }),
    );
  await write({ [place]: 'v99' });
  await work().finally(() => write({}));
}
