import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { stackResources } from '../support/aws.ts';
import { aws, ordersOutput, outputs } from './app.ts';

const resources = await stackResources(aws, 'happy-path-orders');

/** While it is held, no event starts the order processor. */
export async function loseNextOrder(): Promise<AsyncDisposable> {
  const physical = resources.get('OrderProcessorNewOrderAdmitted') ?? '';
  const name = physical.split('|').at(-1)?.split('/').at(-1) ?? '';
  const of = { Name: name, EventBusName: outputs.busName };
  await aws.events.send(new DisableRuleCommand(of));
  return {
    [Symbol.asyncDispose]: async () => {
      await aws.events.send(new EnableRuleCommand(of));
    },
  };
}

/** While it is held, no receipt can be written. */
export async function loseReceipts(): Promise<AsyncDisposable> {
  const FunctionName = resources.get('WriteReceiptFunction');
  await aws.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  return {
    [Symbol.asyncDispose]: async () => {
      await aws.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    },
  };
}

/** Runs the sweeper now. */
export async function sweep(): Promise<void> {
  const FunctionName = ordersOutput('SweepOrdersFunctionName');
  const { FunctionError } = await aws.lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  if (FunctionError) throw new Error(`Expected the sweeper to run, got ${FunctionError}`);
}
