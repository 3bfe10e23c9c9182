import { unmarshall } from '@aws-sdk/util-dynamodb';
import jsonata from 'jsonata';
import { asMap, at, isObject, type Value, type ValueMap } from './templates.ts';

/** What the variables of an execution hold, `states` among them. */
export type Variables = Readonly<Record<string, unknown>>;

/** A string that is an expression, with the code in it. */
export const expression = /^\{%([\s\S]*)%\}$/;

/** Evaluates the expressions inside a value as Step Functions does. */
export async function evaluate(value: Value, variables: Variables): Promise<Value> {
  if (typeof value === 'string') {
    const code = expression.exec(value)?.[1];
    return code === undefined ? value : await jsonata(code).evaluate({}, variables);
  }
  if (Array.isArray(value)) return Promise.all(value.map((inner: Value) => evaluate(inner, variables)));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    async ([name, inner]) => [name, await evaluate(inner, variables)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** An item in the form of plain values. */
export const plain = (attributes: Value | undefined): Record<string, unknown> =>
  unmarshall(JSON.parse(JSON.stringify(attributes ?? {})));

/** What an update does to an item. */
export interface Write {
  readonly name: string;
  readonly key: unknown;
  readonly set: Readonly<Record<string, unknown>>;
  /** What it adds to numbers. */
  readonly added: Readonly<Record<string, unknown>>;
  readonly removed: readonly string[];
  /** The values that the update knows by name, `:status` and the like. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The parts of an update expression, by their keywords. */
function clauses(text: string): Readonly<Record<string, readonly string[]>> {
  const parts = text.split(/ ?\b(SET|REMOVE|ADD|DELETE) /).slice(1);
  const pairs = parts.flatMap((keyword, index) =>
    index % 2 === 0 ? [[keyword, (parts[index + 1] ?? '').split(', ')] as const] : [],
  );
  return Object.fromEntries(pairs);
}

/** What an update does to the item: its key, the attributes it sets, those it adds to and those it removes. */
export async function writeOf(name: string, state: ValueMap, variables: Variables): Promise<Write> {
  const update = asMap(await evaluate(at(state, 'Arguments') ?? null, variables));
  const values = plain(update.ExpressionAttributeValues);
  const names = asMap(update.ExpressionAttributeNames);
  const { SET = [], ADD = [], REMOVE = [] } = clauses(String(update.UpdateExpression));
  const assigned = (list: readonly string[], separator: string) =>
    Object.fromEntries(
      list.map((assignment) => {
        const [attribute = '', value = ''] = assignment.split(separator);
        return [String(names[attribute] ?? attribute), values[value]] as const;
      }),
    );
  return {
    name,
    key: plain(update.Key),
    set: assigned(SET, ' = '),
    added: assigned(ADD, ' '),
    removed: REMOVE,
    values,
  };
}
