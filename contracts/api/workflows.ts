import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { workflowVersion } from '../photos.ts';
import { routes } from '../tables/items.ts';

/** The decision which version new photos go to, with what held before. */
export const routingView = routes.extend({
  revision: z.int().nonnegative(),
  changedAt: z.iso.datetime().optional(),
  previous: routes.optional(),
});
export type RoutingView = z.infer<typeof routingView>;

/** Executions of one version; `more` says that there are too many to count here. */
export const executionCounts = z.object({
  started: z.int(),
  running: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  more: z.boolean(),
});
export type ExecutionCounts = z.infer<typeof executionCounts>;

/** One registered version: its definition in Amazon States Language and what it did in the last hour. */
export const workflowView = z.object({
  version: workflowVersion,
  /** Percent of new photos that go to it, overrides of places aside. */
  share: z.number().min(0).max(100),
  /** Places whose photos always go to it. */
  places: z.array(ulidSchema),
  definition: z.record(z.string(), z.unknown()),
  updatedAt: z.iso.datetime().optional(),
  lastHour: executionCounts,
  /** The version's page in the AWS console; absent on a laptop. */
  consoleUrl: z.url().optional(),
});
export type WorkflowView = z.infer<typeof workflowView>;

/** `GET /workflows` (staff). */
export const workflowsResponse = z.object({ routing: routingView, workflows: z.array(workflowView) });
export type WorkflowsResponse = z.infer<typeof workflowsResponse>;

/**
 * `PUT /workflows/routing` (admins): the whole decision. `revision` is the one it was made upon; when somebody else
 * has changed it since, or a version is not registered, the answer is 409.
 */
export const changeRoutingRequest = z.strictObject({
  ...routes.shape,
  canary: z.strictObject({ version: workflowVersion, percent: z.number().min(0).max(100) }).optional(),
  revision: z.int().nonnegative(),
});
export type ChangeRoutingRequest = z.infer<typeof changeRoutingRequest>;
