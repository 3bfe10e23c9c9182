import { type Fields, fieldsOf, listOf, textOf } from './values.ts';

const longest = 44;

/** When a rule of a Choice state holds: its own comment, or its condition made readable. */
export function conditionOf(rule: Fields): string {
  const comment = textOf(rule.Comment);
  return shorten(comment !== '' ? comment : (jsonata(textOf(rule.Condition)) ?? jsonPath(rule)));
}

/** `{% $made.outcome = 'made' and $count($labels) > 0 %}` -> `outcome is made and count(labels) > 0`. */
function jsonata(condition: string): string | undefined {
  const [, expression] = /^\{%\s*([\s\S]*?)\s*%\}$/.exec(condition) ?? [];
  return expression
    ?.replace(/\$states\.(input|result|context)\./g, '')
    .replace(/\$exists\(([^()]*)\)/g, '$1 is there')
    .replace(/\$not\(([^()]*)\)/g, 'not $1')
    .replace(/\$/g, '')
    .replace(/\b[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.([A-Za-z_]\w*)\b(?!\()/g, '$1')
    .replace(/\s*!=\s*/g, ' is not ')
    .replace(/(?<![<>])\s*=\s*/g, ' is ')
    .replace(/\bin \[([^\]]*)\]/g, (_all, list: string) => `is ${oneOf(list.split(','))}`)
    .replace(/['"]/g, '')
    .replace(/(?<=[a-z0-9])[A-Z](?=[a-z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\s+/g, ' ');
}

const oneOf = (values: readonly string[]) =>
  values
    .map((value) => value.trim())
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');

const operators: readonly (readonly [RegExp, string])[] = [
  [/^(String|Numeric|Boolean|Timestamp)Equals(Path)?$/, 'is'],
  [/GreaterThanEquals(Path)?$/, '>='],
  [/LessThanEquals(Path)?$/, '<='],
  [/GreaterThan(Path)?$/, '>'],
  [/LessThan(Path)?$/, '<'],
  [/^StringMatches$/, 'is like'],
];

/** The same for a rule in JSONPath: `Variable` and an operator, or a combination of such rules. */
function jsonPath(rule: Fields): string {
  for (const [name, word] of [
    ['And', ' and '],
    ['Or', ' or '],
  ] as const) {
    if (name in rule)
      return listOf(rule[name])
        .map((part) => jsonPath(fieldsOf(part)))
        .join(word);
  }
  if ('Not' in rule) return `not ${jsonPath(fieldsOf(rule.Not))}`;
  const variable = textOf(rule.Variable).split('.').at(-1) ?? '';
  const [operator = '', value] =
    Object.entries(rule).find(([name]) => !['Variable', 'Next', 'Comment'].includes(name)) ?? [];
  if (operator.startsWith('Is')) {
    const what = operator === 'IsPresent' ? 'there' : operator.slice(2).toLowerCase();
    return `${variable} is ${value === false ? 'not ' : ''}${what}`;
  }
  const word = operators.find(([pattern]) => pattern.test(operator))?.[1] ?? operator;
  return `${variable} ${word} ${String(value)}`;
}

const shorten = (text: string) =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
