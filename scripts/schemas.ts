import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArguments } from './lib/args.ts';
import { eventSchemas, schemaFile, schemaFolder, writtenSchema } from './lib/event-schemas.ts';
import { Failure, runMain } from './lib/failure.ts';
import { breakingChanges } from './lib/schema-diff.ts';

const usage = 'npm run schemas -- [--breaking]';

await runMain(async () => {
  const { values } = parseArguments(usage, { options: { breaking: { type: 'boolean', default: false } } });
  const schemas = eventSchemas();
  const problems = schemas.flatMap(({ name, schema }) => {
    const written = writtenSchema(name);
    return written === undefined
      ? []
      : breakingChanges(JSON.parse(written), schema).map((what) => `${name}: ${what}`);
  });
  if (problems.length > 0 && !values.breaking) {
    throw new Failure(
      `${problems.join('\n')}\n\nExpected events to be extended only, by optional properties. Make a new event instead, ` +
        'or, when nobody has ever received the old form, write it with: npm run schemas -- --breaking',
    );
  }
  mkdirSync(schemaFolder, { recursive: true });
  for (const { name, text } of schemas) {
    const state = writtenSchema(name) === text ? 'unchanged' : 'written';
    writeFileSync(schemaFile(name), text);
    console.log(`events/schemas/${name}.json  ${state}`);
  }
  const names = schemas.map(({ name }) => `${name}.json`);
  const unknown = readdirSync(schemaFolder).filter((file) => !names.includes(file));
  if (unknown.length > 0) {
    throw new Failure(
      `Expected schemas of registered events only, got ${unknown.join(', ')}. Delete what is no event.`,
    );
  }
});
