import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { aws } from '../integration/app.ts';
import { functionSteps } from './definition.ts';
import type { Subject } from './subject.ts';

/** Thresholds by which whatever is seen in a picture is doubtful, or is refused. */
export const doubtful = { REVIEW_CONFIDENCE: '0', REJECT_CONFIDENCE: '100' } as const;
export const refusing = { REVIEW_CONFIDENCE: '0', REJECT_CONFIDENCE: '0' } as const;

/**
 * Changes settings of the function that a state calls, as a deployment with other parameters does; answers how to put
 * the old ones back.
 */
export async function steer(
  { definition, version }: Subject,
  state: string,
  changes: Readonly<Record<string, string>>,
): Promise<() => Promise<void>> {
  const step = functionSteps(definition).find(({ name }) => name === state);
  if (!step) throw new Error(`Expected ${version} to have a function in ${state}, got none`);
  const FunctionName = step.functionName;
  const before = await settingsOf(FunctionName);
  await setAll(FunctionName, { ...before, ...changes });
  return () => setAll(FunctionName, before);
}

async function settingsOf(FunctionName: string): Promise<Record<string, string>> {
  const { Environment } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

async function setAll(FunctionName: string, Variables: Record<string, string>): Promise<void> {
  await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
}

/** Ends the workers of a function: a change of its configuration has new ones made, even if it changes nothing. */
export const renewWorkers = async (functionName: string): Promise<void> =>
  setAll(functionName, await settingsOf(functionName));

/** Steers a function while some work runs. */
export async function steered(
  subject: Subject,
  state: string,
  changes: Readonly<Record<string, string>>,
  work: () => Promise<void>,
): Promise<void> {
  const restore = await steer(subject, state, changes);
  await work().finally(restore);
}
