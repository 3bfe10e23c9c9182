import { type SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { DrinkChoice, OrderKind, OrderReason } from '#contracts/orders.ts';
import { orderItem } from '#contracts/tables/order-items.ts';
import { TransientError } from '#platform/errors.ts';
import { logger } from '#platform/logger.ts';

/** What somebody wants of the order manager; what may be done it decides itself. */
export interface ManagerRequest {
  readonly action: 'create' | 'read' | 'place' | 'accept' | 'complete' | 'cancel' | 'expire';
  readonly orderId: string;
  readonly caller?: { readonly userId: string; readonly groups: readonly string[] };
  /** Asked by the system itself, which API callers cannot claim. */
  readonly internal?: true;
  readonly cafeId?: string;
  readonly kind?: OrderKind;
  readonly scanId?: string;
  readonly drink?: DrinkChoice;
  readonly name?: string | undefined;
  readonly pickUpAt?: string;
  readonly reason?: OrderReason | undefined;
}

/** An item in the form in which state machines see it. */
export const attributes = z
  .record(z.string(), z.unknown())
  .transform((item, context): Record<string, unknown> => {
    try {
      return unmarshall(item as Parameters<typeof unmarshall>[0]);
    } catch {
      context.addIssue('Expected an item in the form of DynamoDB');
      return z.NEVER;
    }
  });

const managerAnswer = z.object({
  outcome: z.enum(['OK', 'NOT_FOUND', 'FORBIDDEN', 'CAFE_CLOSED', 'INVALID', 'RUNNING', 'CONFLICT']),
  order: attributes.pipe(orderItem).optional(),
  /** What is wrong with the request, and where. */
  message: z.string().optional(),
  path: z.string().optional(),
  runningOrderId: z.string().optional(),
});
export type ManagerAnswer = z.infer<typeof managerAnswer>;

/** The one who creates and changes orders. */
export interface OrderManager {
  call(request: ManagerRequest): Promise<ManagerAnswer>;
}

/** The order manager as an Express state machine that is called and waited for. */
export class SfnOrderManager implements OrderManager {
  readonly #client: SFNClient;
  readonly #stateMachineArn: string;

  constructor(client: SFNClient, stateMachineArn: string) {
    this.#client = client;
    this.#stateMachineArn = stateMachineArn;
  }

  async call(request: ManagerRequest): Promise<ManagerAnswer> {
    const { status, output, error, executionArn } = await this.#client.send(
      new StartSyncExecutionCommand({
        stateMachineArn: this.#stateMachineArn,
        input: JSON.stringify(request),
      }),
    );
    if (status !== 'SUCCEEDED' || output === undefined) {
      // Without the cause: it may repeat the input.
      logger.error('Order manager failed', { executionArn, status, error });
      throw new TransientError(`Expected the order manager to answer, got ${status}. Try again in a moment.`);
    }
    return managerAnswer.parse(JSON.parse(output));
  }
}
