import { unmarshall } from '@aws-sdk/util-dynamodb';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { failureReasons, photoStatuses, rejectionReasons, unfinishedStatuses } from '#contracts/photos.ts';
import { type PhotoItem, photoItem } from '#contracts/tables/items.ts';
import { objectKeys, photoKeys } from '#contracts/tables/keys.ts';
import { machines, statesOf, substituted, tasksOf } from './machines.ts';
import { asList, asMap, at, isObject, strings, type Value, type ValueMap } from './templates.ts';

const photoId = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const placeId = '01K0A1B2C3D4E5F6G7H8J9KMNQ';
const executionId = 'arn:aws:states:us-east-1:000000000000:execution:v1:1';

const photo = {
  photoId,
  placeId,
  workflow: 'v1',
  bucket: 'uploads',
  key: objectKeys.upload('user', photoId),
  size: 5_000_000,
  etag: 'etag',
};
const rendition = { width: 400, height: 300, bytes: 1, contentType: 'image/webp' };
const made = {
  outcome: 'made',
  width: 4000,
  height: 3000,
  thumbHash: 'hash',
  renditions: Object.fromEntries(
    ['tile', 'small', 'large', 'share'].map((name) => [
      name,
      { ...rendition, key: `${objectKeys.renditions(photoId)}${name}.webp` },
    ]),
  ),
};
const rejected = { outcome: 'rejected', reason: 'CORRUPT', message: 'This file is damaged.' };

/** What the variables hold when a state runs. */
const variables = {
  states: {
    input: { detail: { data: photo, metadata: { ownerId: 'user' } } },
    context: { Execution: { Id: executionId }, State: { Name: 'State' } },
    result: { Payload: made },
    errorOutput: { Error: 'Error', Cause: 'Cause' },
  },
  photo,
  made: { ...made, reason: rejected.reason, message: rejected.message },
  finishedAt: '2026-07-04T10:00:00.000Z',
};

const expression = /^\{%([\s\S]*)%\}$/;

/** Evaluates the expressions inside a value as Step Functions does. */
async function evaluate(value: Value): Promise<Value> {
  if (typeof value === 'string') {
    const code = expression.exec(value)?.[1];
    return code === undefined ? value : await jsonata(code).evaluate({}, variables);
  }
  if (Array.isArray(value)) return Promise.all(value.map(evaluate));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(async ([name, inner]) => [name, await evaluate(inner)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

interface Write {
  readonly name: string;
  readonly key: unknown;
  readonly set: Readonly<Record<string, unknown>>;
  readonly removed: readonly string[];
}

const plain = (attributes: Value | undefined): Record<string, unknown> =>
  unmarshall(JSON.parse(JSON.stringify(attributes ?? {})));

/** What an update does to the item: its key, the attributes it sets, those it removes. */
async function writeOf(name: string, state: ValueMap): Promise<Write> {
  const update = asMap(await evaluate(at(state, 'Arguments') ?? null));
  const values = plain(update.ExpressionAttributeValues);
  const names = asMap(update.ExpressionAttributeNames);
  const [, sets = '', removes = ''] =
    /^SET (.*?)(?: REMOVE (.*))?$/.exec(String(update.UpdateExpression)) ?? [];
  const set = sets.split(', ').map((assignment) => {
    const [attribute = '', value = ''] = assignment.split(' = ');
    return [String(names[attribute] ?? attribute), values[value]] as const;
  });
  return {
    name,
    key: plain(update.Key),
    set: Object.fromEntries(set),
    removed: removes.split(', ').filter(Boolean),
  };
}

const before: PhotoItem = {
  entity: 'photo',
  photoId,
  placeId,
  ownerId: 'user',
  contentType: 'image/jpeg',
  size: photo.size,
  bucket: photo.bucket,
  key: photo.key,
  status: 'UPLOADED',
  statusAt: '2026-07-04T09:59:00.000Z',
  createdAt: '2026-07-04T09:58:00.000Z',
  attempts: 0,
};

/** What a workflow may set on a photo's item, besides the keys of the indexes. */
const writable = [
  ...['status', 'statusAt', 'workflow', 'executionId', 'leaseExpiresAt', 'reason', 'message', 'publishedAt'],
  ...['width', 'height', 'thumbHash', 'renditions', 'GSI1SK', 'GSI3SK'],
];

describe.each(machines)('$path', ({ text }) => {
  const definition = substituted(text);
  const updates = tasksOf(definition).filter(({ state }) =>
    String(state.Resource).endsWith(':dynamodb:updateItem'),
  );
  const writes = () => Promise.all(updates.map(({ name, state }) => writeOf(name, state)));

  it('has expressions that are all JSONata', () => {
    const codes = strings(definition).flatMap((value) => expression.exec(value)?.[1] ?? []);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(() => jsonata(code), code).not.toThrow();
  });

  it('writes to the keys that the contract makes', async () => {
    for (const { name, key } of await writes()) expect(key, name).toEqual(photoKeys.primary(photoId));
  });

  it('leaves items that fit the contract', async () => {
    for (const { name, set, removed } of await writes()) {
      const item: Record<string, unknown> = { ...before, ...set };
      for (const attribute of removed) delete item[attribute];
      expect(photoItem.safeParse(item).error, name).toBeUndefined();
      expect(
        Object.keys(set).filter((attribute) => !writable.includes(attribute)),
        name,
      ).toEqual([]);
    }
  });

  it('lists a photo among the published ones exactly when it publishes it', async () => {
    for (const { name, set } of await writes()) {
      const { status, publishedAt, GSI1SK } = set;
      const position = status === 'PUBLISHED' ? photoKeys.published(String(publishedAt), photoId) : undefined;
      expect(GSI1SK, name).toBe(position);
      expect(publishedAt !== undefined, name).toBe(status === 'PUBLISHED');
    }
  });

  it('keeps a photo among the unfinished ones exactly as long as it owes it work', async () => {
    for (const { name, set, removed } of await writes()) {
      const unfinished = (unfinishedStatuses as readonly unknown[]).includes(set.status);
      expect(set.GSI3SK, name).toBe(unfinished ? set.leaseExpiresAt : undefined);
      expect([...removed].sort(), name).toEqual(unfinished ? [] : ['GSI3PK', 'GSI3SK', 'leaseExpiresAt']);
      if (unfinished) expect(Date.parse(String(set.GSI3SK))).toBeGreaterThan(Date.now());
    }
  });

  it('moves a photo to statuses of the contract, each with its time', async () => {
    for (const { name, set } of await writes()) {
      expect(photoStatuses, name).toContain(set.status);
      expect(set.statusAt, name).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    }
  });

  it('gives a reason of the contract with each refusal and each failure', async () => {
    const written = await writes();
    const of = (status: string) => written.filter(({ set }) => set.status === status);
    for (const { name, set } of of('REJECTED')) expect(rejectionReasons, name).toContain(set.reason);
    for (const { name, set } of of('FAILED')) expect(failureReasons, name).toContain(set.reason);
    for (const { name, set } of [...of('REJECTED'), ...of('FAILED')]) expect(set.message, name).toMatch(/\w/);
    expect(of('FAILED')).not.toEqual([]);
    expect(of('REJECTED')).not.toEqual([]);
  });

  it('stores the renditions as they were made', async () => {
    const [published] = (await writes()).filter(({ set }) => set.status === 'PUBLISHED');
    expect(published?.set.renditions).toEqual(made.renditions);
  });

  it('takes each way of each Choice for the outcome it is for', async () => {
    const choices = statesOf(definition).filter(({ state }) => state.Type === 'Choice');
    const acceptable = choices.find(({ name }) => name === 'Photo Acceptable?');
    const code = expression.exec(String(at(asList(acceptable?.state.Choices)[0], 'Condition')))?.[1] ?? '';
    expect(await jsonata(code).evaluate({}, { made })).toBe(true);
    expect(await jsonata(code).evaluate({}, { made: rejected })).toBe(false);
  });
});
