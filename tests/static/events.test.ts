import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { busEvent } from '#contracts/events/envelope.ts';
import { eventRegistry } from '#contracts/events/index.ts';
import { topics } from '#contracts/topics.ts';
import { eventSchemas, writtenSchema } from '../../scripts/lib/event-schemas.ts';
import { root } from '../../scripts/lib/paths.ts';
import { breakingChanges } from '../../scripts/lib/schema-diff.ts';
import { consumers, matches } from './patterns.ts';
import { find, strings, templates } from './templates.ts';

const kebab = (name: string) => name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const samplesOf = (name: string) => globSync(`events/${kebab(name)}/*.json`, { cwd: root }).sort();

const everyConsumer = templates.flatMap(consumers);
const consumersOf = (event: unknown) =>
  everyConsumer.filter(({ pattern }) => matches(pattern, event)).map(({ name }) => name);

/** Versions come and go without a change of the page. */
const ofAnyVersion = (name: string) => name.replace(/^PhotoWorkflow v\d+$/, 'PhotoWorkflow');

const page = readFileSync(join(root, 'docs', 'events.md'), 'utf8');
/** Where the code of the stack that sends under a source stands. */
const producerFolders: Readonly<Record<string, string>> = {
  'happy-path.backend': 'backend',
  'happy-path.orders': 'workflows/orders',
};
/** The modules under a source that name an event; tests send nothing. */
const producersOf = (source: string, name: string) =>
  globSync(`${producerFolders[source] ?? 'nowhere'}/**/*.ts`, { cwd: root })
    .filter((path) => !path.endsWith('.test.ts') && !path.includes('/testing/'))
    .filter((path) => readFileSync(join(root, path), 'utf8').includes(`'${name}'`));

/** The sources under which some template lets its functions put events. */
const allowedSources = templates.flatMap(({ document }) =>
  find(document, 'events:source').flatMap(({ found }) => strings(found)),
);

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

  it('has a producer in the stack of its source, which may send under it', () => {
    expect(producersOf(source, name)).not.toEqual([]);
    expect(allowedSources).toContain(source);
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
    const secrets = {
      'places/': /owner|user|author|bucket|key|reason|message/i,
      // Why an order ended without a drink is a word of a list, and says nothing of its guest.
      'cafes/': /owner|user|author|bucket|key|message|name|drink|price|cents|scan|code/i,
    };
    const paths = Object.keys(eventRegistry).flatMap(samplesOf);
    for (const [topic, secret] of Object.entries(secrets)) {
      const heard = paths
        .map((path) => ({ path, ...busEvent.parse(read(path)).detail }))
        .filter(({ metadata }) => metadata.notify?.some((one) => one.startsWith(topic)));
      expect(heard, topic).not.toEqual([]);
      for (const { path, data } of heard)
        expect(
          Object.keys(data).filter((name) => secret.test(name)),
          path,
        ).toEqual([]);
    }
  });
});

describe('the events of an order', () => {
  const samples = Object.keys(eventRegistry)
    .flatMap(samplesOf)
    .map((path) => ({ path, event: busEvent.parse(read(path)) }))
    .filter(({ event }) => event.detail.metadata.step);
  const journeys = Map.groupBy(samples, ({ event }) => event.detail.metadata.journeyId);

  it('are counted in their samples, each with the topics of its guest and its café', () => {
    const ofOrders = Object.values(eventRegistry).filter(({ detail }) => 'kind' in detail.shape.data.shape);
    expect(ofOrders).toHaveLength(13);
    const counted = new Set(samples.map(({ event }) => event['detail-type']));
    expect(counted).toEqual(new Set(ofOrders.map(({ detailType }) => detailType)));
    for (const { path, event } of samples) {
      const { metadata, data } = event.detail;
      expect(data.orderId, path).toBe(metadata.journeyId);
      expect(metadata.notify, path).toEqual([
        topics.user(metadata.ownerId ?? ''),
        topics.cafe(String(data.cafeId)),
      ]);
    }
  });

  it('end with one of the four that end it, and with no other', () => {
    const last = samples.filter(({ event }) => event.detail.metadata.step?.isLast);
    const ends = ['OrderCompleted', 'OrderCancelled', 'OrderTimedOut', 'OrderRefused'];
    expect(new Set(last.map(({ event }) => event['detail-type']))).toEqual(new Set(ends));
    for (const { path, event } of samples)
      expect(event.detail.metadata.step?.isLast, path).toBe(ends.includes(event['detail-type']));
  });

  it('of one order have numbers and times that go on together', () => {
    for (const [journeyId, told] of journeys) {
      const steps = told
        .map(({ event: { detail } }) => detail.metadata)
        .toSorted((a, b) => (a.step?.number ?? 0) - (b.step?.number ?? 0));
      const times = steps.map(({ occurredAt }) => occurredAt);
      expect(times, journeyId).toEqual(times.toSorted());
      expect(new Set(steps.map(({ step }) => step?.number)).size, journeyId).toBe(told.length);
    }
    const [whole] = [...journeys.values()].filter((told) => told.length === 8);
    expect(whole?.map(({ event }) => event.detail.metadata.step?.number).toSorted()).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
  });
});

describe('the table of origins in docs/events.md', () => {
  const origins = [...page.matchAll(/^\| (\w+) \| (\w+) \| `(\w+)` \|$/gm)].map(
    ([, service = '', event = '', ours = '']) => ({ origin: `${service} ${event}`, ours }),
  );

  it('names 15 events there and as many of ours', () => {
    expect(new Set(origins.map(({ origin }) => origin)).size).toBe(15);
    expect(new Set(origins.map(({ ours }) => ours)).size).toBe(15);
    expect(origins).toHaveLength(15);
  });

  it('names every event of the orders stack but the stamp, and the one that tells the journey is whole', () => {
    const expected = Object.values(eventRegistry)
      .filter(({ source }) => source === 'happy-path.orders')
      .map(({ detailType }): string => detailType)
      .filter((name) => name !== 'StampGiven');
    expect(new Set(origins.map(({ ours }) => ours))).toEqual(new Set([...expected, 'AllEventsStored']));
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
