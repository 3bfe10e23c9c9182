import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { workflowVersion } from '../photos.ts';

export const executionStatuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

const failure = z.object({ error: z.string(), cause: z.string() });

/** One visit to a state. A state inside Map or Parallel has one for each item or branch. */
export const stateVisit = z.object({
  name: z.string(),
  type: z.string(),
  enteredAt: z.iso.datetime(),
  exitedAt: z.iso.datetime().optional(),
  /** `caught`: it failed and its Catch led on. */
  status: z.enum(['running', 'succeeded', 'failed', 'caught']),
  input: z.unknown(),
  output: z.unknown().optional(),
  /** How often its task was tried; 0 for states without a task. */
  attempts: z.int(),
  /** The last failure of its task, also of one that a retry mended. */
  failure: failure.optional(),
});
export type StateVisit = z.infer<typeof stateVisit>;

/** An execution of any state machine, with its history. */
export const execution = z.object({
  name: z.string(),
  status: z.enum(executionStatuses),
  startedAt: z.iso.datetime(),
  stoppedAt: z.iso.datetime().optional(),
  input: z.unknown(),
  output: z.unknown().optional(),
  failure: failure.optional(),
  /** The definition it runs, in Amazon States Language. */
  definition: z.record(z.string(), z.unknown()),
  /** In the order of entry. */
  visits: z.array(stateVisit),
  /** Its page in the AWS console; absent on a laptop. */
  consoleUrl: z.url().optional(),
});
export type Execution = z.infer<typeof execution>;

/** `GET /executions/{photoId}` (staff): the execution that holds or finished the photo. */
export const executionView = execution.extend({ photoId: ulidSchema, workflow: workflowVersion });
export type ExecutionView = z.infer<typeof executionView>;

/** `GET /orders/{orderId}/execution` (staff): the execution that leads the order through its states. */
export const orderExecutionView = execution.extend({ orderId: ulidSchema });
export type OrderExecutionView = z.infer<typeof orderExecutionView>;
