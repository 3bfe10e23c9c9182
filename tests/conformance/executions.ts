import { type HistoryEvent, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { aws } from '../integration/app.ts';
import { finishedRuns, type Run, runsOf } from '../integration/photo-items.ts';
import { countWorkers, freezeWorkers, type Workers } from '../integration/workers.ts';
import { waitUntil } from '../support/wait-until.ts';
import { functionSteps } from './definition.ts';
import { expectEnd } from './ends.ts';
import { renewWorkers } from './steering.ts';
import { type PlaceKind, placeKinds, type Subject, send } from './subject.ts';

/** Waits until a photo's executions are over, as many as expected, and answers them. */
export const runsFor = (subject: Subject, photoId: string, count = 1): Promise<readonly Run[]> =>
  finishedRuns(photoId, count, subject.version);

/** How often a task failed and was tried again, or given up. */
export const failures = ({ history }: Run): number =>
  history.filter(({ type }) => type === 'TaskFailed' || type === 'LambdaFunctionFailed').length;

/** One step of an execution from a state to the next one. */
export interface Transition {
  readonly from: string;
  readonly to: string;
}

/** The transitions of an execution, read off which event came before each entry. */
export function transitionsOf({ history }: Pick<Run, 'history'>): Transition[] {
  const byId = new Map(history.map((event) => [event.id, event]));
  const before = (event: HistoryEvent): string | undefined => {
    const previous = byId.get(event.previousEventId);
    if (!previous) return undefined;
    return (
      previous.stateExitedEventDetails?.name ?? previous.stateEnteredEventDetails?.name ?? before(previous)
    );
  };
  return history.flatMap((event) => {
    const to = event.stateEnteredEventDetails?.name;
    const from = to === undefined ? undefined : before(event);
    return to === undefined || from === undefined ? [] : [{ from, to }];
  });
}

const baselines = new Map<string, Promise<readonly string[]>>();

/** The states that a good photo of one kind of place goes through. */
export function statesOfGoodPhoto(subject: Subject, place: PlaceKind): Promise<readonly string[]> {
  const key = `${subject.version} ${place}`;
  const known = baselines.get(key);
  if (known) return known;
  const tried = send(subject, { place }).then(async (photoId) => {
    await expectEnd(subject, photoId, 'PUBLISHED');
    const [run] = await runsFor(subject, photoId);
    return run?.states ?? [];
  });
  baselines.set(key, tried);
  return tried;
}

/** The kind of place whose good photos come to a state; fails when none does. */
export async function placeLeadingTo(subject: Subject, state: string): Promise<PlaceKind> {
  for (const place of placeKinds) {
    if ((await statesOfGoodPhoto(subject, place)).includes(state)) return place;
  }
  throw new Error(`Expected a good photo of ${placeKinds.join(' or ')} to come to ${state}, got none`);
}

/** A photo whose execution stands still in the middle of a state, because the state's worker does. */
export interface Held {
  readonly photoId: string;
  readonly run: Run;
  readonly workers: Workers;
}

/** Sends a photo and stops the worker of a function under it. */
export async function holdPhoto(subject: Subject, { name, functionName }: Step): Promise<Held> {
  const place = await placeLeadingTo(subject, name);
  if ((await countWorkers(functionName)) !== 1) {
    // Nobody can tell which of several is next, so all end and a photo makes a new one.
    await renewWorkers(functionName);
    await expectEnd(subject, await send(subject, { place }), 'PUBLISHED');
  }
  const workers = await freezeWorkers(functionName);
  if (workers.count !== 1) throw new Error(`Expected one worker of ${functionName}, got ${workers.count}`);
  const photoId = await send(subject, { place });
  const run = await waitUntil(`${name} of ${photoId} to be at work`, async () => {
    const [found] = await runsOf(photoId, subject.version);
    return found && isScheduled(found, name) ? found : undefined;
  });
  return { photoId, run, workers };
}

type Step = Readonly<{ name: string; functionName: string }>;

/** The first state that calls a function. */
export function firstFunction({ definition, version }: Subject): Step {
  const [first] = functionSteps(definition);
  if (first) return first;
  throw new Error(`Expected ${version} to call a function, got none`);
}

/** Whether the task of a state has been handed out. */
function isScheduled({ history }: Run, state: string): boolean {
  const entered = history.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name === state);
  return history.some(
    ({ previousEventId, type }) => previousEventId === entered?.id && /Scheduled$/.test(type ?? ''),
  );
}

/** Ends an execution as a lost machine does: without a word. */
export const stopExecution = async ({ arn }: Run): Promise<void> => {
  await aws.sfn.send(new StopExecutionCommand({ executionArn: arn }));
};
