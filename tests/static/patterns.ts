import { asList, asMap, at, isObject, resources, type Template, type Value } from './templates.ts';

/** Whether EventBridge would hand an event to a rule with this pattern; knows the filters that the templates use. */
export function matches(pattern: Value, event: unknown): boolean {
  if (!isObject(pattern)) throw new Error('Expected a pattern to be a mapping');
  return Object.entries(pattern).every(([name, expected]) => {
    const value: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, name) : undefined;
    return Array.isArray(expected)
      ? expected.some((one: Value) => fits(one, value))
      : matches(expected, value);
  });
}

function fits(expected: Value, value: unknown): boolean {
  if (!isObject(expected)) return expected === value || (Array.isArray(value) && value.includes(expected));
  if (expected.exists !== undefined) return (value !== undefined) === expected.exists;
  if (expected.prefix !== undefined)
    return typeof value === 'string' && value.startsWith(String(expected.prefix));
  throw new Error(`Expected a filter that this test knows, got ${JSON.stringify(expected)}`);
}

/** Who hears of an event: a rule's function behind its queue, or a state machine. */
export interface Consumer {
  readonly name: string;
  readonly pattern: Value;
}

/** Every rule of a template on the application bus, by who is behind it. */
export const consumers = (template: Template): Consumer[] => [
  ...resources(template, 'AWS::Events::Rule').map(({ id, properties }) => ({
    name: id.replace(/Rule$/, ''),
    pattern: properties.EventPattern ?? {},
  })),
  ...resources(template, 'AWS::Serverless::StateMachine').flatMap(({ id, properties }) =>
    Object.values(asMap(properties.Events))
      .filter((event) => at(event, 'Type') === 'EventBridgeRule')
      .map((event) => {
        const [version] = asList(at(event, 'Properties', 'Pattern', 'detail', 'data', 'workflow'));
        const name = version === undefined ? id : `${id} ${String(version)}`;
        return { name, pattern: at(event, 'Properties', 'Pattern') ?? {} };
      }),
  ),
];
