import { SendTaskSuccessCommand, type SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import { logger } from '#platform/logger.ts';
import type { Verdict } from '../../stores/review-store.ts';
import type { WaitingExecutions } from './decide-review.ts';

/** Executions of Step Functions that wait for a task token. */
export class SfnExecutions implements WaitingExecutions {
  readonly #client: SFNClient;

  constructor(client: SFNClient) {
    this.#client = client;
  }

  async resume(taskToken: string, verdict: Verdict): Promise<boolean> {
    try {
      await this.#client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(verdict) }));
      return true;
    } catch (error) {
      // The decision is written and counts: asking the ranger again would only answer that it has been taken.
      const over = error instanceof TaskDoesNotExist || error instanceof TaskTimedOut;
      // By its name only: the message of an error may repeat the token.
      if (!over)
        logger.error('Waiting execution not reached', { error: error instanceof Error && error.name });
      return false;
    }
  }
}
