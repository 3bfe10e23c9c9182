import * as z from 'zod';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** Strict on purpose: an element not understood here (Condition, NotAction, …) refuses the connection, never widens it. */
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
});
const document = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement)]).transform((value) => [value].flat()),
});

/** A policy as a custom authorizer returns it: an object, or the same as JSON text. */
export const policyDocument = z.preprocess(
  (value) => (typeof value === 'string' ? parseJson(value) : value),
  document,
);
export type PolicyDocument = z.infer<typeof document>;

/** What one connection may do; each question is answered as IoT Core does it: an explicit Deny wins, silence refuses. */
export interface Permissions {
  connect(): boolean;
  subscribe(filter: string): boolean;
  publish(topic: string, retain: boolean): boolean;
  receive(topic: string): boolean;
}

/** Binds policy documents to one client of one account. */
export function permissionsOf(
  documents: readonly PolicyDocument[],
  { region, account, clientId }: { region: string; account: string; clientId: string },
): Permissions {
  const may = (action: string, resource: string) =>
    isAllowed(documents, `iot:${action}`, `arn:aws:iot:${region}:${account}:${resource}`, clientId);
  return {
    connect: () => may('Connect', `client/${clientId}`),
    subscribe: (filter) => may('Subscribe', `topicfilter/${filter}`),
    publish: (topic, retain) =>
      may('Publish', `topic/${topic}`) && (!retain || may('RetainPublish', `topic/${topic}`)),
    receive: (topic) => may('Receive', `topic/${topic}`),
  };
}

function isAllowed(documents: readonly PolicyDocument[], action: string, resource: string, clientId: string) {
  const effects = documents
    .flatMap((policy) => policy.Statement)
    .filter(
      (entry) =>
        entry.Action.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
        entry.Resource.some((pattern) => matches(pattern, resource, clientId)),
    )
    .map((entry) => entry.Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** `*` and `?` are the policy's wildcards; MQTT's `+` and `#` are ordinary characters in a resource. */
function matches(pattern: string, value: string, clientId = ''): boolean {
  const source = pattern
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('\\*', '[^]*')
    .replaceAll('\\?', '[^]')
    .replaceAll('\\$\\{iot:ClientId\\}', () => clientId.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source}$`).test(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
