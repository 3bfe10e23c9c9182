import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { breakingChanges } from './schema-diff.ts';

const json = (shape: z.ZodRawShape) => z.toJSONSchema(z.object(shape));
const old = { id: z.string(), size: z.int(), note: z.string().optional(), kind: z.enum(['a', 'b']) };

describe('breakingChanges', () => {
  it.each([
    ['nothing', old],
    ['an optional property', { ...old, more: z.string().optional() }],
    ['a value of an enum', { ...old, kind: z.enum(['a', 'b', 'c']) }],
    ['a description', { ...old, id: z.string().describe('The id') }],
    ['another order', { kind: old.kind, note: old.note, size: old.size, id: old.id }],
  ])('lets pass: %s', (_what, shape) => {
    expect(breakingChanges(json(old), json(shape))).toEqual([]);
  });

  it.each([
    ['a removed property', { id: old.id, note: old.note, kind: old.kind }, ['size was removed']],
    [
      'a renamed property',
      { id: old.id, bytes: old.size, note: old.note, kind: old.kind },
      ['size was removed', 'bytes became required'],
    ],
    ['a new required property', { ...old, more: z.string() }, ['more became required']],
    ['an optional property made required', { ...old, note: z.string() }, ['note became required']],
    ['a required property made optional', { ...old, size: z.int().optional() }, ['size became optional']],
    ['another type', { ...old, id: z.number() }, ['id has another type']],
    ['a tighter constraint', { ...old, id: z.string().min(3) }, ['id has another minLength']],
    ['a value taken out of an enum', { ...old, kind: z.enum(['a']) }, ['kind no longer allows "b"']],
  ])('notices: %s', (_what, shape, expected) => {
    expect(breakingChanges(json(old), json(shape))).toEqual(expected);
  });

  it('looks into nested objects and lists', () => {
    const before = json({ data: z.object({ tags: z.array(z.object({ name: z.string() })) }) });
    const after = json({ data: z.object({ tags: z.array(z.object({})) }) });
    expect(breakingChanges(before, after)).toEqual(['data.tags[].name was removed']);
  });

  it('notices a list that became something else', () => {
    const changes = breakingChanges(json({ tags: z.array(z.string()) }), json({ tags: z.string() }));
    expect(changes).not.toEqual([]);
  });
});
