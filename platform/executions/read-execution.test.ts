import { describe, expect, it } from 'vitest';
import { execution } from '#contracts/api/executions.ts';
import { awsBranchFailed, awsReview, later, localBranchFailed, localPublished } from './histories.testing.ts';
import { type RecordedExecution, readExecution, viewOf } from './read-execution.ts';

const executionId = 'arn:aws:states:eu-central-1:1:execution:happy-path-dev-v3:e1';
const recorded = (changes: Partial<RecordedExecution> = {}): RecordedExecution => ({
  name: 'e1',
  status: 'SUCCEEDED',
  startedAt: later(0),
  stoppedAt: later(60),
  input: '{"photoId":"p"}',
  output: '{"status":"PUBLISHED"}',
  failure: undefined,
  definition: { StartAt: 'Claim Photo' },
  events: awsReview,
  ...changes,
});
const visits = (changes: Partial<RecordedExecution> = {}) => viewOf(recorded(changes)).visits;
const at = (seconds: number) => later(seconds).toISOString();

describe('the visits of an execution', () => {
  it('are those of its states in the order of entry, each with its own end', () => {
    expect(visits().map(({ name, status }) => [name, status])).toEqual([
      ['Claim Photo', 'succeeded'],
      ['Moderate And Make Renditions', 'succeeded'],
      ['Moderate Photo', 'succeeded'],
      ['Make Renditions', 'succeeded'],
      ['Keep Verdict', 'succeeded'],
      ['Publish, Reject Or Ask?', 'succeeded'],
      ['Wait For Ranger', 'caught'],
      ['Release Renditions', 'succeeded'],
      ['Copy Rendition', 'succeeded'],
      ['Copy Rendition', 'succeeded'],
      ['Photo Published', 'succeeded'],
    ]);
  });

  it('tell how often a task was tried and what a retry mended', () => {
    const [claim, parallel, moderate] = visits();
    expect(claim).toEqual({
      name: 'Claim Photo',
      type: 'Task',
      enteredAt: at(2),
      exitedAt: at(9),
      status: 'succeeded',
      input: { photoId: 'p' },
      output: { claimed: true },
      attempts: 2,
      failure: { error: 'DynamoDB.ThrottlingException', cause: 'why' },
    });
    expect(parallel).toMatchObject({ attempts: 0, enteredAt: at(10), exitedAt: at(25), output: [1, 2] });
    expect(moderate).toMatchObject({ attempts: 1, output: { outcome: 'review' }, exitedAt: at(21) });
    expect(moderate).not.toHaveProperty('failure');
  });

  it('inside a Map keep their items apart', () => {
    const copies = visits().filter(({ name }) => name === 'Copy Rendition');
    expect(copies).toMatchObject([
      { input: 'r1', output: 'r1', exitedAt: at(45) },
      { input: 'r2', output: 'r2', exitedAt: at(44) },
    ]);
  });

  it('say that a Catch led on, and why', () => {
    expect(visits().find(({ name }) => name === 'Wait For Ranger')).toMatchObject({
      status: 'caught',
      attempts: 1,
      failure: { error: 'States.Timeout', cause: 'late' },
      output: { Error: 'States.Timeout' },
    });
  });

  it('of a Parallel whose branch failed have failed inside and were caught outside', () => {
    const failure = { error: 'WorkflowFailed', cause: 'A step failed' };
    const all = visits({ status: 'FAILED', failure, events: awsBranchFailed });
    const why = { error: 'PictureMissing', cause: '' };
    expect(all).toMatchObject([
      { name: 'Moderate And Make Renditions', status: 'caught', failure: why },
      { name: 'Moderate Photo', status: 'failed', failure: why, attempts: 1 },
      { name: 'Make Renditions', status: 'failed', exitedAt: at(10) },
      { name: 'Workflow Failed', status: 'failed', exitedAt: at(60), failure },
    ]);
  });

  it('are found in the history of the local AWS, too', () => {
    const all = visits({ status: 'RUNNING', stoppedAt: undefined, events: localBranchFailed });
    expect(all).toMatchObject([
      { name: 'Moderate And Make Renditions', status: 'caught', failure: { error: 'PictureMissing' } },
      { name: 'Moderate Photo', status: 'failed', exitedAt: at(10) },
      { name: 'Make Renditions', status: 'succeeded' },
      { name: 'Record Failure', status: 'running', attempts: 1 },
    ]);
    expect(all.at(-1)).not.toHaveProperty('exitedAt');
  });

  it('of the local AWS are succeeded where they succeeded, branch by branch and item by item', () => {
    const all = visits({ events: localPublished });
    expect(all.filter(({ status }) => status !== 'succeeded')).toEqual([]);
    expect(all.map(({ name, attempts }) => `${name} ${attempts}`)).toEqual([
      'Check And Make Renditions 0',
      'Place Type? 0',
      'Moderate Photo 1',
      'Make Renditions 1',
      'Collect Results 0',
      'Publish, Reject Or Ask? 0',
      'Release Renditions 0',
      'Copy Rendition 1',
      'Copy Rendition 1',
      'Photo Published 0',
    ]);
    const copies = all.filter(({ name }) => name === 'Copy Rendition');
    expect(copies.map(({ input, output }) => [input, output])).toEqual([
      ['r1', 'r1'],
      ['r2', 'r2'],
    ]);
  });

  it.each(awsReview.map((_event, count) => count))('hold after %i events', (count) => {
    const running = { status: 'RUNNING' as const, stoppedAt: undefined, output: undefined };
    const events = awsReview.slice(0, count);
    const view = viewOf(recorded({ ...running, events }));
    expect(execution.parse(JSON.parse(JSON.stringify(view)))).toEqual(JSON.parse(JSON.stringify(view)));
    const open = view.visits.filter(({ status }) => status === 'running');
    expect(open.every(({ exitedAt }) => exitedAt === undefined)).toBe(true);
  });

  it('never hold a task token', () => {
    for (const events of [awsReview, awsBranchFailed, localBranchFailed])
      expect(JSON.stringify(visits({ events }))).not.toContain('hidden');
  });
});

describe('readExecution', () => {
  const read = (found: RecordedExecution | undefined, consoleUrl?: string) =>
    readExecution({ executions: { read: async () => found }, consoleUrl })(executionId);

  it('shows the execution with the definition that it ran, and where the console has it', async () => {
    const view = await read(recorded(), 'https://console.example.com/states');
    expect(execution.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      status: 'SUCCEEDED',
      input: { photoId: 'p' },
      output: { status: 'PUBLISHED' },
      definition: { StartAt: 'Claim Photo' },
      consoleUrl: `https://console.example.com/states#/v2/executions/details/${executionId}`,
    });
    expect(await read(recorded())).not.toHaveProperty('consoleUrl');
  });

  it('has nothing to say when the history is no longer kept', async () => {
    expect(await read(undefined, 'https://console.example.com/states')).toBeUndefined();
  });
});
