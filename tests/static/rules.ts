import { describe, expect, it } from 'vitest';
import { parseTemplate, type Template, template, templates } from './templates.ts';

/** Looks at one template and tells what is wrong with it. */
export type Rule = (template: Template) => string[];

/** A change of a template after which a rule must find something. */
export interface Mutation<Name extends string> {
  readonly rule: Name;
  readonly path: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** Registers the tests of some rules: every template keeps each of them, and each of them notices what breaks it. */
export function testRules<Name extends string>(
  rules: Readonly<Record<Name, Rule>>,
  mutations: readonly Mutation<NoInfer<Name>>[],
  checked: readonly Template[] = templates,
): void {
  const names = Object.keys(rules) as Name[];
  describe.each([...checked])('$path', (one) => {
    it.each(names)('%s', (name) => {
      expect(rules[name](one)).toEqual([]);
    });
  });

  describe('the rules themselves', () => {
    it.each(names)('can fail: %s', (name) => {
      const own = mutations.filter(({ rule }) => rule === name);
      expect(own, 'Expected at least one mutation that breaks the rule').not.toEqual([]);
      for (const { path, from, to } of own) {
        const { text } = template(path);
        const changed = text.replace(from, to);
        expect(changed, `Expected ${String(from)} in ${path}`).not.toBe(text);
        const noticed = rules[name](parseTemplate(path, changed));
        expect(noticed, `${String(from)} -> ${to}`).not.toEqual(rules[name](template(path)));
      }
    });
  });
}
