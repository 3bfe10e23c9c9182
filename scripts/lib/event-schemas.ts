import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { eventRegistry } from '#contracts/events/index.ts';
import { root } from './paths.ts';

/** Where the JSON Schemas of the events lie, for consumers that are not written in TypeScript. */
export const schemaFolder = join(root, 'events', 'schemas');

/** Path of an event's JSON Schema. */
export const schemaFile = (name: string): string => join(schemaFolder, `${name}.json`);

/** The JSON Schema of each event's detail, as the registry has it now. */
export function eventSchemas(): { name: string; schema: unknown; text: string }[] {
  return Object.entries(eventRegistry).map(([name, { detail }]) => {
    const schema: unknown = { title: name, ...z.toJSONSchema(detail, { io: 'input' }) };
    return { name, schema, text: `${JSON.stringify(schema, null, 2)}\n` };
  });
}

/** An event's JSON Schema as it was written last; undefined for a new event. */
export function writtenSchema(name: string): string | undefined {
  return existsSync(schemaFile(name)) ? readFileSync(schemaFile(name), 'utf8') : undefined;
}
