import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { busEvent } from '#contracts/events/envelope.ts';
import { eventRegistry } from '#contracts/events/index.ts';
import { eventSchemas, writtenSchema } from '../../scripts/lib/event-schemas.ts';
import { root } from '../../scripts/lib/paths.ts';
import { breakingChanges } from '../../scripts/lib/schema-diff.ts';
import { consumers, matches } from './patterns.ts';
import { templates } from './templates.ts';

const kebab = (name: string) => name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const samplesOf = (name: string) => globSync(`events/${kebab(name)}/*.json`, { cwd: root }).sort();

const everyConsumer = templates.flatMap(consumers);
const consumersOf = (event: unknown) =>
  everyConsumer.filter(({ pattern }) => matches(pattern, event)).map(({ name }) => name);

/** Versions come and go without a change of the page. */
const ofAnyVersion = (name: string) => name.replace(/^PhotoWorkflow v\d+$/, 'PhotoWorkflow');

const page = readFileSync(join(root, 'docs', 'events.md'), 'utf8');
/** The cells of an event's row in docs/events.md. */
const row = (name: string) =>
  page
    .split('\n')
    .find((line) => line.startsWith(`| \`${name}\` |`))
    ?.split('|')
    .map((cell) => cell.trim())
    .slice(1, -1) ?? [];

describe.each(Object.entries(eventRegistry))('%s', (name, { source, detailType, detail }) => {
  const samples = samplesOf(name);

  it('is registered under its own name', () => {
    expect(detailType).toBe(name);
    expect(source).toMatch(/^happy-path\.[a-z0-9-]+$/);
  });

  it('has samples, each as it comes from the bus', () => {
    expect(samples).not.toEqual([]);
    for (const path of samples) {
      const sample = busEvent.parse(read(path));
      expect(sample, path).toMatchObject({ source, 'detail-type': detailType });
      expect(sample.detail.metadata.schema, path).toBe(`${name}@1`);
      expect(detail.strict().safeParse(sample.detail).error, path).toBeUndefined();
    }
  });

  it('has the JSON Schema that `npm run schemas` writes', () => {
    const current = eventSchemas().find((one) => one.name === name);
    expect(writtenSchema(name), 'Run `npm run schemas` and commit events/schemas').toBe(current?.text);
  });

  it('still fits whoever knows its written schema', () => {
    const current = eventSchemas().find((one) => one.name === name);
    expect(breakingChanges(JSON.parse(writtenSchema(name) ?? 'null'), current?.schema)).toEqual([]);
  });

  it('stands in docs/events.md with the consumers that the templates give it', () => {
    const heard = new Set(samples.flatMap((path) => consumersOf(read(path))).map(ofAnyVersion));
    const [, from, , listed = ''] = row(name);
    expect(from).toBe(`\`${source}\``);
    expect(new Set(listed.split(', '))).toEqual(heard);
    expect(heard.size).toBeGreaterThan(0);
  });
});

describe('PhotoUploaded', () => {
  const workflows = everyConsumer.map(({ name }) => name).filter((name) => name.startsWith('PhotoWorkflow'));

  it.each(workflows)('has a sample that %s takes and no other version', (workflow) => {
    const takers = samplesOf('PhotoUploaded').map((path) =>
      consumersOf(read(path)).filter((name) => workflows.includes(name)),
    );
    expect(takers).toContainEqual([workflow]);
  });
});

describe('all events', () => {
  it('are the ones in docs/events.md', () => {
    const listed = [...page.matchAll(/^\| `([A-Z]\w+)` \|/gm)].map(([, name]) => name);
    expect(new Set(listed)).toEqual(new Set(Object.keys(eventRegistry)));
  });

  it('are the ones with sample folders and schemas', () => {
    const folders = globSync('events/*/', { cwd: root }).map((path) => path.split('/')[1]);
    const expected = [...Object.keys(eventRegistry).map(kebab), 'functions', 'schemas'];
    expect(new Set(folders)).toEqual(new Set(expected));
    const schemas = globSync('events/schemas/*.json', { cwd: root });
    expect(schemas).toHaveLength(Object.keys(eventRegistry).length);
  });

  it('reach a public topic only with public data', () => {
    for (const path of globSync('events/photo-*/*.json', { cwd: root })) {
      const { metadata, data } = busEvent.parse(read(path)).detail;
      const isPublic = metadata.notify?.some((topic) => topic.startsWith('places/')) ?? false;
      const secret = Object.keys(data).filter((name) =>
        /owner|user|author|bucket|key|reason|message/i.test(name),
      );
      if (isPublic) expect(secret, path).toEqual([]);
    }
  });
});

describe('the pattern matcher', () => {
  const event = { source: 'happy-path.backend', detail: { data: { workflow: 'v1' }, metadata: {} } };

  it.each([
    [{ source: ['happy-path.backend'] }, true],
    [{ source: ['other', 'happy-path.backend'] }, true],
    [{ source: ['other'] }, false],
    [{ source: [{ prefix: 'happy-path.' }] }, true],
    [{ source: [{ prefix: 'aws.' }] }, false],
    [{ detail: { data: { workflow: ['v1'] } } }, true],
    [{ detail: { data: { workflow: ['v2'] } } }, false],
    [{ detail: { metadata: { notify: [{ exists: true }] } } }, false],
    [{ detail: { metadata: { notify: [{ exists: false }] } } }, true],
  ])('tells whether %j takes an event: %s', (pattern, taken) => {
    expect(matches(pattern, event)).toBe(taken);
  });
});
