import languageService from 'amazon-states-language-service';
import validate from 'asl-validator';
import { isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';

/** What stands for each placeholder of a definition. */
export type Values = Readonly<Record<string, string>>;

const placeholder = /\$\{([A-Za-z0-9]+)\}/g;

/** Puts the values in; a placeholder without one stays. */
export const substitute = (text: string, values: Values): string =>
  text.replaceAll(placeholder, (whole, name: string) => values[name] ?? whole);

/** The placeholders that have no value. */
export const missingValues = (text: string, values: Values): string[] => [
  ...new Set(
    [...text.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !(name in values)),
  ),
];

/**
 * Finds what CloudFormation put in for the placeholders, by comparing a definition with what was made of it: whatever
 * function or parameter a value comes from, it is the deployed one.
 *
 * @returns undefined when the values do not turn the one text into the other, because it was made of another one
 */
export function readValues(text: string, deployed: string): Values | undefined {
  const made = parse(deployed);
  let values: Values = {};
  // A string with two placeholders can be split in more than one way, until one of them is known from elsewhere.
  for (let count = -1; count < Object.keys(values).length; ) {
    count = Object.keys(values).length;
    values = { ...values, ...compare(parse(substitute(text, values)), made) };
  }
  const isWhole = missingValues(text, values).length === 0;
  const same = JSON.stringify(parse(substitute(text, values))) === JSON.stringify(made);
  return isWhole && same && made !== undefined ? values : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function compare(source: unknown, made: unknown): Values {
  if (typeof source === 'string' && typeof made === 'string') return matchOf(source, made);
  if (!isObject(source) || !isObject(made)) return {};
  return Object.assign({}, ...Object.entries(source).map(([name, value]) => compare(value, made[name])));
}

/** Lists count as objects: their entries are numbered. */
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function matchOf(source: string, made: string): Values {
  const [name, ...others] = missingValues(source, {});
  if (name === undefined || others.length > 0) return {};
  const [first = '', ...more] = source
    .split(`\${${name}}`)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = `^${first}(.*)${more.join('\\1')}$`;
  const [, value] = new RegExp(pattern, 's').exec(made) ?? [];
  return value === undefined ? {} : { [name]: value };
}

/**
 * Says what is wrong with a definition, with file, line and column; nothing when it is good.
 *
 * @param values - without them, what depends on them is not looked at
 */
export async function problemsOf(path: string, text: string, values?: Values): Promise<string[]> {
  const service = languageService.getLanguageService({});
  const document = languageService.TextDocument.create(`file:///${path}`, 'asl', 1, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  const errors = found.filter(({ severity }) => severity === 1);
  if (errors.length > 0) {
    return errors.map(
      ({ range: { start }, message }) => `${path}:${start.line + 1}:${start.character + 1} ${message}`,
    );
  }
  try {
    const definition = JSON.parse(substitute(text, values ?? {}));
    return values ? invalidParts(path, text, definition) : [];
  } catch (error) {
    return [`${path}:1:1 ${error instanceof Error ? error.message : error}`];
  }
}

const validatorError = z.object({
  Message: z.string(),
  schemaError: z.object({ instancePath: z.string() }).optional(),
});

function invalidParts(path: string, text: string, definition: object): string[] {
  const { errors } = validate(definition);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  return z
    .array(validatorError)
    .parse(errors)
    .map(({ Message, schemaError }) => {
      const names = (schemaError?.instancePath ?? '').split('/').slice(1);
      const node = document.getIn(names.map(unescapePointer), true);
      const { line, col } = lines.linePos((isNode(node) && node.range?.[0]) || 0);
      return `${path}:${line}:${col} ${Message}`;
    });
}

const unescapePointer = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');
