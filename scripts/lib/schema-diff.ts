/** A part of a JSON Schema. */
type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const map = (value: unknown): Schema => (isSchema(value) ? value : {});

/** What says nothing of a document's shape. */
const remarks = ['$schema', 'description', 'title', 'examples', 'default'];
/** What is compared part by part. */
const parts = ['properties', 'required', 'enum', 'items'];

/**
 * Tells what of a schema's change breaks whoever knows the old one: documents written by the old schema must stay
 * valid, and readers of the old one must find everything they know. So optional properties and values of an enum
 * may be added; nothing may be taken away, renamed, made required, or constrained otherwise.
 */
export function breakingChanges(before: unknown, after: unknown, path = ''): string[] {
  if (!isSchema(before) || !isSchema(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [`${path || 'the schema'} has changed`];
  }
  const at = (name: string) => (path ? `${path}.${name}` : name);
  const [old, now] = [map(before.properties), map(after.properties)];
  const nested = Object.keys(old).flatMap((name) =>
    name in now ? breakingChanges(old[name], now[name], at(name)) : [`${at(name)} was removed`],
  );
  const required = list(after.required)
    .filter((name) => !list(before.required).includes(name))
    .map((name) => `${at(String(name))} became required`);
  const released = list(before.required)
    .filter((name) => String(name) in now && !list(after.required).includes(name))
    .map((name) => `${at(String(name))} became optional`);
  const values = list(before.enum)
    .filter((value) => !list(after.enum).includes(value))
    .map((value) => `${path} no longer allows ${JSON.stringify(value)}`);
  const items =
    before.items === undefined && after.items === undefined
      ? []
      : breakingChanges(before.items, after.items, `${path}[]`);
  return [...nested, ...required, ...released, ...values, ...items, ...constraints(before, after, path)];
}

function constraints(before: Schema, after: Schema, path: string): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !remarks.includes(name) && !parts.includes(name))
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${path || 'the schema'} has another ${name}`);
}
