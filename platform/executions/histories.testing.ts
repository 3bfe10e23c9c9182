import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** So many seconds after the execution started. */
export const later = (seconds: number) => new Date(Date.parse('2026-05-01T10:00:00.000Z') + seconds * 1000);

type Line = readonly [previousEventId: number, type: HistoryEvent['type'], detail?: object];

/** Events of a history, one second apart, each after the one named first. */
const history = (...lines: readonly Line[]): HistoryEvent[] =>
  lines.map(([previousEventId, type = 'ExecutionStarted', detail = {}], at) => ({
    id: at + 1,
    previousEventId,
    timestamp: later(at + 1),
    type,
    ...detail,
  }));

const entered = (name: string, input: unknown = {}) => ({
  stateEnteredEventDetails: { name, input: JSON.stringify(input) },
});
const exited = (name: string, output: unknown = {}) => ({
  stateExitedEventDetails: { name, output: JSON.stringify(output) },
});
const timedOut = { taskTimedOutEventDetails: { error: 'States.Timeout', cause: 'late' } };
const failed = (error: string) => ({ taskFailedEventDetails: { error, cause: 'why' } });

/** As AWS writes it: a retry, branches that come interleaved, a Map, and a wait that ends by its Catch. */
export const awsReview = history(
  [0, 'ExecutionStarted', { executionStartedEventDetails: { input: '{"photoId":"p"}' } }],
  [0, 'TaskStateEntered', entered('Claim Photo', { photoId: 'p' })],
  [2, 'TaskScheduled', { taskScheduledEventDetails: { parameters: '{"taskToken":"hidden"}' } }],
  [3, 'TaskStarted'],
  [4, 'TaskFailed', failed('DynamoDB.ThrottlingException')],
  [5, 'TaskScheduled'],
  [6, 'TaskStarted'],
  [7, 'TaskSucceeded'],
  [8, 'TaskStateExited', exited('Claim Photo', { claimed: true })],
  [9, 'ParallelStateEntered', entered('Moderate And Make Renditions', { a: 1 })],
  [10, 'ParallelStateStarted'],
  [11, 'TaskStateEntered', entered('Moderate Photo')],
  [11, 'TaskStateEntered', entered('Make Renditions')],
  [12, 'TaskScheduled'],
  [13, 'TaskScheduled'],
  [14, 'TaskStarted'],
  [15, 'TaskStarted'],
  [17, 'TaskSucceeded'],
  [18, 'TaskStateExited', exited('Make Renditions', ['r1', 'r2'])],
  [16, 'TaskSucceeded'],
  [20, 'TaskStateExited', exited('Moderate Photo', { outcome: 'review' })],
  [21, 'PassStateEntered', entered('Keep Verdict')],
  [22, 'PassStateExited', exited('Keep Verdict')],
  [23, 'ParallelStateSucceeded'],
  [24, 'ParallelStateExited', exited('Moderate And Make Renditions', [1, 2])],
  [25, 'ChoiceStateEntered', entered('Publish, Reject Or Ask?')],
  [26, 'ChoiceStateExited', exited('Publish, Reject Or Ask?')],
  [27, 'TaskStateEntered', entered('Wait For Ranger')],
  [28, 'TaskScheduled', { taskScheduledEventDetails: { parameters: '{"taskToken":"hidden"}' } }],
  [29, 'TaskStarted'],
  [30, 'TaskSubmitted', { taskSubmittedEventDetails: { output: '{"taskToken":"hidden"}' } }],
  [31, 'TaskTimedOut', timedOut],
  [32, 'TaskStateExited', exited('Wait For Ranger', { Error: 'States.Timeout', taskToken: 'hidden' })],
  [33, 'MapStateEntered', entered('Release Renditions')],
  [34, 'MapStateStarted', { mapStateStartedEventDetails: { length: 2 } }],
  [35, 'MapIterationStarted', { mapIterationStartedEventDetails: { name: 'Release Renditions', index: 0 } }],
  [36, 'TaskStateEntered', entered('Copy Rendition', 'r1')],
  [35, 'MapIterationStarted', { mapIterationStartedEventDetails: { name: 'Release Renditions', index: 1 } }],
  [38, 'TaskStateEntered', entered('Copy Rendition', 'r2')],
  [37, 'TaskScheduled'],
  [39, 'TaskScheduled'],
  [41, 'TaskSucceeded'],
  [40, 'TaskSucceeded'],
  [42, 'TaskStateExited', exited('Copy Rendition', 'r2')],
  [43, 'TaskStateExited', exited('Copy Rendition', 'r1')],
  [
    44,
    'MapIterationSucceeded',
    { mapIterationSucceededEventDetails: { name: 'Release Renditions', index: 1 } },
  ],
  [
    45,
    'MapIterationSucceeded',
    { mapIterationSucceededEventDetails: { name: 'Release Renditions', index: 0 } },
  ],
  [47, 'MapStateSucceeded'],
  [48, 'MapStateExited', exited('Release Renditions')],
  [49, 'SucceedStateEntered', entered('Photo Published')],
  [50, 'SucceedStateExited', exited('Photo Published')],
  [51, 'ExecutionSucceeded', { executionSucceededEventDetails: { output: '{}' } }],
);

/** As AWS writes it: a branch fails for good, the other one is aborted, and the Catch of the Parallel leads on. */
export const awsBranchFailed = history(
  [0, 'ExecutionStarted'],
  [0, 'ParallelStateEntered', entered('Moderate And Make Renditions')],
  [2, 'ParallelStateStarted'],
  [3, 'TaskStateEntered', entered('Moderate Photo')],
  [3, 'TaskStateEntered', entered('Make Renditions')],
  [4, 'LambdaFunctionScheduled'],
  [5, 'TaskScheduled'],
  [6, 'LambdaFunctionStarted'],
  [8, 'LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: { error: 'PictureMissing' } }],
  [7, 'TaskStateAborted'],
  [9, 'ParallelStateFailed'],
  [11, 'ParallelStateExited', exited('Moderate And Make Renditions', { Error: 'PictureMissing' })],
  [12, 'FailStateEntered', entered('Workflow Failed')],
  [
    13,
    'ExecutionFailed',
    { executionFailedEventDetails: { error: 'WorkflowFailed', cause: 'A step failed' } },
  ],
);

/** As the local AWS writes it: no notes about branches, and a branch goes back to the Parallel's entry. */
export const localBranchFailed = history(
  [0, 'ExecutionStarted'],
  [1, 'ParallelStateEntered', entered('Moderate And Make Renditions')],
  [2, 'TaskStateEntered', entered('Moderate Photo')],
  [2, 'TaskStateEntered', entered('Make Renditions')],
  [3, 'TaskScheduled'],
  [4, 'TaskScheduled'],
  [5, 'TaskFailed', failed('PictureMissing')],
  [6, 'TaskSucceeded'],
  [8, 'TaskStateExited', exited('Make Renditions')],
  [2, 'ParallelStateExited', exited('Moderate And Make Renditions', { Error: 'PictureMissing' })],
  [10, 'TaskStateEntered', entered('Record Failure')],
  [11, 'TaskScheduled'],
);

/** As the local AWS wrote it about a photo that v4 published, the states before the Parallel left out. */
export const localPublished = history(
  [0, 'ExecutionStarted'],
  [1, 'ParallelStateEntered', entered('Check And Make Renditions')],
  [2, 'ChoiceStateEntered', entered('Place Type?')],
  [3, 'ChoiceStateExited', exited('Place Type?')],
  [4, 'TaskStateEntered', entered('Moderate Photo')],
  [5, 'TaskScheduled'],
  [2, 'TaskStateEntered', entered('Make Renditions')],
  [7, 'TaskScheduled'],
  [8, 'TaskSucceeded'],
  [9, 'TaskStateExited', exited('Make Renditions')],
  [6, 'TaskSucceeded'],
  [11, 'TaskStateExited', exited('Moderate Photo')],
  [2, 'ParallelStateExited', exited('Check And Make Renditions')],
  [13, 'PassStateEntered', entered('Collect Results')],
  [14, 'PassStateExited', exited('Collect Results')],
  [15, 'ChoiceStateEntered', entered('Publish, Reject Or Ask?')],
  [16, 'ChoiceStateExited', exited('Publish, Reject Or Ask?')],
  [17, 'MapStateEntered', entered('Release Renditions')],
  [18, 'TaskStateEntered', entered('Copy Rendition', 'r1')],
  [19, 'TaskScheduled'],
  [18, 'TaskStateEntered', entered('Copy Rendition', 'r2')],
  [21, 'TaskScheduled'],
  [22, 'TaskSucceeded'],
  [23, 'TaskStateExited', exited('Copy Rendition', 'r2')],
  [20, 'TaskSucceeded'],
  [25, 'TaskStateExited', exited('Copy Rendition', 'r1')],
  [18, 'MapStateExited', exited('Release Renditions')],
  [27, 'SucceedStateEntered', entered('Photo Published')],
  [28, 'SucceedStateExited', exited('Photo Published')],
);
