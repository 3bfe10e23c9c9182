import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { root } from '../lib/paths.ts';

/** The document that the tables stand in. */
export const documentFile = join(root, 'docs', 'costs.md');

/** Reads the document. */
export const readDocument = (): string => readFileSync(documentFile, 'utf8');

/** Puts tables where a document names them: `<!-- table: name -->`, the table, `<!-- end -->`. */
export function withTables(text: string, tables: Readonly<Record<string, string>>): string {
  const missing = Object.keys(tables).filter((name) => !text.includes(`<!-- table: ${name} -->`));
  if (missing.length > 0) {
    throw new Failure(
      `Expected docs/costs.md to have a place for every table, got none for ${missing.join(', ')}.`,
    );
  }
  return text.replace(
    /(<!-- table: (.+?) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const table = tables[name];
      if (table === undefined)
        throw new Failure(`Expected docs/costs.md to name known tables, got "${name}".`);
      return `${start}\n${table}\n\n${end}`;
    },
  );
}
