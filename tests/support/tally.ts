import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  paginateListExecutions,
} from '@aws-sdk/client-sfn';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { PhotoItem } from '#contracts/tables/items.ts';
import { journeyKeys } from '#contracts/tables/keys.ts';
import { DynamoDbPhotoStore } from '../../backend/stores/dynamodb-photo-store.ts';
import { limit } from '../../scripts/lib/limit.ts';
import type { App } from './load.ts';

/** One execution: whose photo it was for, and the state it ended in. */
interface Run {
  readonly arn: string;
  readonly version: string;
  readonly photoId: string;
  readonly end: string;
}

/** What became of photos, by every trace that they left. */
export interface Tally {
  readonly photos: number;
  /** Not published, with their status. */
  readonly lost: readonly string[];
  /** Published by no execution or by several, or told so to their journeys. */
  readonly doubled: readonly string[];
  /** Show another version or execution than the one that published them. */
  readonly strayed: readonly string[];
  readonly byVersion: Readonly<Record<string, VersionTally>>;
}

export interface VersionTally {
  readonly published: number;
  readonly duplicates: number;
  /** Ended otherwise, such as those that another one took over. */
  readonly others: number;
}

const published = 'Photo Published';
const atOnce = 16;

/** Counts what became of photos once everything has come to an end. */
export async function tally(app: App, photoIds: readonly string[]): Promise<Tally> {
  const store = new DynamoDbPhotoStore(app.aws.dynamodb, app.outputs.tableName);
  const [items, told, runs] = await Promise.all([
    each(photoIds, (photoId) => store.get(photoId)),
    each(photoIds, (photoId) => publicationsIn(app, photoId)),
    runsOf(app),
  ]);
  const mine = new Set(photoIds);
  const winners = Map.groupBy(
    runs.filter(({ end, photoId }) => end === published && mine.has(photoId)),
    ({ photoId }) => photoId,
  );
  const wins = (photoId: string) => winners.get(photoId) ?? [];
  return {
    photos: photoIds.length,
    lost: photoIds.flatMap((photoId, at) =>
      items[at]?.status === 'PUBLISHED' ? [] : [`${photoId} ${items[at]?.status ?? 'gone'}`],
    ),
    doubled: photoIds.filter((photoId, at) => wins(photoId).length !== 1 || told[at] !== 1),
    strayed: photoIds.filter((photoId, at) => !isMadeBy(items[at], wins(photoId)[0])),
    byVersion: countByVersion(runs.filter(({ photoId }) => mine.has(photoId))),
  };
}

const isMadeBy = (item: PhotoItem | undefined, run: Run | undefined) =>
  item !== undefined && item.executionId === run?.arn && item.workflow === run?.version;

function countByVersion(runs: readonly Run[]): Record<string, VersionTally> {
  const versions = Map.groupBy(runs, ({ version }) => version);
  const counts = [...versions].sort().map(([version, own]) => {
    const count = (fits: (end: string) => boolean) => own.filter(({ end }) => fits(end)).length;
    const duplicates = count((end) => end === 'Duplicate');
    const wins = count((end) => end === published);
    return [version, { published: wins, duplicates, others: own.length - duplicates - wins }] as const;
  });
  return Object.fromEntries(counts);
}

/** How many publications a photo's journey tells of. */
async function publicationsIn({ aws, outputs }: App, photoId: string): Promise<number> {
  const { Items = [] } = await aws.dynamodb.send(
    new QueryCommand({
      TableName: outputs.tableName,
      KeyConditionExpression: 'PK = :journey',
      ExpressionAttributeValues: { ':journey': journeyKeys.partition(photoId) },
    }),
  );
  return Items.filter(({ type }) => type === 'PhotoPublished').length;
}

/** Every execution of every version that is deployed. */
async function runsOf({ aws, outputs }: App): Promise<Run[]> {
  const machines = Object.entries(outputs.stacks).flatMap(([version, { StateMachineArn }]) =>
    StateMachineArn ? [{ version, stateMachineArn: StateMachineArn }] : [],
  );
  const runs: Run[] = [];
  for (const { version, stateMachineArn } of machines) {
    const executions: ExecutionListItem[] = [];
    for await (const page of paginateListExecutions({ client: aws.sfn }, { stateMachineArn }))
      executions.push(...(page.executions ?? []));
    runs.push(...(await each(executions, (execution) => runOf({ aws, outputs }, version, execution))));
  }
  return runs;
}

/** Runs that came to their last state: nothing changes them, so counting again is for the others. */
const over = new Map<string, Run>();

async function runOf(
  { aws }: App,
  version: string,
  { executionArn: arn = '' }: ExecutionListItem,
): Promise<Run> {
  const known = over.get(arn);
  if (known) return known;
  const executionArn = arn;
  const [{ input = '', status }, { events = [] }] = await Promise.all([
    aws.sfn.send(new DescribeExecutionCommand({ executionArn })),
    aws.sfn.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 5 })),
  ]);
  const end = events.find(({ type }) => type === 'SucceedStateEntered')?.stateEnteredEventDetails?.name;
  const photoId = /"photoId": ?"(\w{26})"/.exec(input)?.[1] ?? '';
  const succeeded = status === 'SUCCEEDED' && end !== undefined;
  const run = { arn, version, photoId, end: succeeded ? end : (status ?? '') };
  if (succeeded) over.set(arn, run);
  return run;
}

/** Does something for each of many things, some at a time, and answers in their order. */
function each<Thing, Answer>(
  things: readonly Thing[],
  work: (thing: Thing) => Promise<Answer>,
): Promise<Answer[]> {
  const slot = limit(atOnce);
  return Promise.all(things.map((thing) => slot(() => work(thing))));
}
