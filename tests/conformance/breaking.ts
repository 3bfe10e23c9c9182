import { asMap, type ValueMap } from '../static/templates.ts';
import { type Exit, stepsOf, withState } from './definition.ts';

const targets = ['FunctionName', 'TableName', 'Bucket', 'QueueUrl', 'TopicArn'] as const;

/** Lets a Task's condition never hold. */
export const impossible = (state: ValueMap): ValueMap => {
  const Arguments = asMap(state.Arguments);
  const ConditionExpression = `(${String(Arguments.ConditionExpression)}) AND attribute_exists(neverThere)`;
  return { ...state, Arguments: { ...Arguments, ConditionExpression } };
};

/** Has a Task call something that is not there. */
function misdirected(state: ValueMap): ValueMap {
  const Arguments = asMap(state.Arguments);
  const target = targets.find((name) => name in Arguments);
  if (!target) {
    throw new Error(`Expected a Task with one of ${targets.join(', ')}, got ${Object.keys(Arguments)}`);
  }
  return { ...state, Arguments: { ...Arguments, [target]: `${String(Arguments[target])}-gone` } };
}

/** A copy of a definition in which a Catch takes its error; undefined when no breaking of calls brings that error about. */
export function broken(definition: ValueMap, { from, errors }: Exit): ValueMap | undefined {
  if (errors.some((error) => /ConditionalCheckFailed/.test(error)))
    return withState(definition, from, impossible);
  if (!errors.includes('States.ALL')) return undefined;
  const inside = stepsOf(definition).filter(({ name, within }) => name === from || within.includes(from));
  const task = inside.find(({ state }) => state.Type === 'Task');
  return task && withState(definition, task.name, misdirected);
}

/** A definition whose state waits no longer than this for an answer. */
export const hurried = (definition: ValueMap, name: string, seconds: number): ValueMap =>
  withState(definition, name, (state) => ({ ...state, TimeoutSeconds: seconds }));

/** A definition whose state assigns other values to some variables. */
export const assigning = (definition: ValueMap, name: string, values: ValueMap): ValueMap =>
  withState(definition, name, (state) => ({ ...state, Assign: { ...asMap(state.Assign), ...values } }));
