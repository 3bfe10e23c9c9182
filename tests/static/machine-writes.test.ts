import { describe, expect, it } from 'vitest';
import {
  attentionStatuses,
  failureReasons,
  type PhotoDetails,
  photoStatuses,
  rejectionReasons,
  unfinishedStatuses,
} from '#contracts/photos.ts';
import { type PhotoItem, photoItem } from '#contracts/tables/items.ts';
import { objectKeys, photoKeys } from '#contracts/tables/keys.ts';
import { evaluate, plain, writeOf } from './evaluate.ts';
import { photoMachines, statesOf, substituted, tasksOf } from './machines.ts';
import { at, type Value, type ValueMap } from './templates.ts';

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
const details: PhotoDetails = {
  type: 'jpeg',
  width: 4000,
  height: 3000,
  takenAt: '2026-06-01T10:24:36-07:00',
  camera: 'Trailhead Phone 12',
  takenNearPlace: true,
  perceptualHash: '0123456789abcdef',
};
const picture = { key: objectKeys.staged(`${objectKeys.renditions(photoId)}preview.jpg`) };
const inspected = { outcome: 'accepted', details, picture };
const labels = [{ name: 'Sexy', confidence: 61.5 }];
const verdict = { outcome: 'reject', reason: 'INDECENT', message: 'This photo is not decent.', labels };

/** What Step Functions knows when a state runs. */
const states = {
  input: { detail: { data: photo, metadata: { ownerId: 'user' } } },
  context: {
    Execution: { Id: executionId },
    State: { Name: 'State', EnteredTime: '2026-07-04T10:00:00.000Z' },
    Task: { Token: 'token' },
  },
  result: { Payload: inspected },
  errorOutput: { Error: 'Error', Cause: 'Cause' },
};

/** What the variables hold, besides those that a definition makes by itself. */
const given = { photo, inspected, made, checked: verdict, verdict, finishedAt: '2026-07-04T10:00:00.000Z' };
/** The photo's details as a definition writes them after an inspection; none without one. */
async function detailsOf(definition: ValueMap, result: unknown): Promise<Value | undefined> {
  const inspection = statesOf(definition).find(({ name }) => name === 'Inspect Photo');
  const code = at(inspection?.state, 'Assign', 'details');
  const variables = { states: { ...states, result: { Payload: result } } };
  return code === undefined ? undefined : evaluate(code, variables);
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
  ...['width', 'height', 'thumbHash', 'renditions', 'details', 'labels', 'picture', 'taskToken', 'reviewBy'],
  ...['GSI1SK', 'GSI3SK', 'GSI4PK', 'GSI4SK'],
];

/** What only a photo that somebody still works on has. */
const whileUnfinished = ['GSI3PK', 'GSI3SK', 'leaseExpiresAt', 'taskToken', 'reviewBy'];

const isUnfinished = (status: unknown) => (unfinishedStatuses as readonly unknown[]).includes(status);

/** The keys by which a photo of a status stands in the indexes of its place, of unfinished ones, of the staff. */
function indexKeys({ status, statusAt, publishedAt, leaseExpiresAt }: Record<string, unknown>) {
  const attention = attentionStatuses.find((one) => one === status);
  return {
    ...(status === 'PUBLISHED' && { GSI1SK: photoKeys.published(String(publishedAt), photoId) }),
    ...(isUnfinished(status) && { GSI3PK: photoKeys.unfinished(photoId), GSI3SK: leaseExpiresAt }),
    ...(attention && {
      GSI4PK: photoKeys.attention(attention),
      GSI4SK: photoKeys.since(String(statusAt), photoId),
    }),
  };
}

describe.each(photoMachines)('$path', ({ text }) => {
  const definition = substituted(text);
  const updates = tasksOf(definition).filter(({ state }) =>
    /dynamodb:updateItem/.test(String(state.Resource)),
  );
  const writes = async () => {
    const variables = { ...given, details: await detailsOf(definition, inspected) };
    return Promise.all(updates.map(({ name, state }) => writeOf(name, state, { states, ...variables })));
  };

  /** The items that each write leaves, done to one that has all that the writes before an end set. */
  const itemsAfter = async () => {
    const all = await writes();
    const laden: Record<string, unknown> = { ...before, GSI3PK: photoKeys.unfinished(photoId) };
    for (const { set } of all) if (isUnfinished(set.status)) Object.assign(laden, set);
    return all.map(({ name, set, removed }) => {
      const item: Record<string, unknown> = { ...(set.status === 'PROCESSING' ? before : laden), ...set };
      if (set.status === 'PROCESSING') item.GSI3PK = photoKeys.unfinished(photoId);
      for (const attribute of removed) delete item[attribute];
      return { name, set, item };
    });
  };

  it('writes to the keys that the contract makes', async () => {
    for (const { name, key } of await writes()) expect(key, name).toEqual(photoKeys.primary(photoId));
  });

  it('leaves items that fit the contract', async () => {
    for (const { name, set, item } of await itemsAfter()) {
      expect(photoItem.safeParse(item).error, name).toBeUndefined();
      expect(
        Object.keys(set).filter((attribute) => !writable.includes(attribute)),
        name,
      ).toEqual([]);
    }
  });

  it('has each photo in exactly the indexes of its status', async () => {
    for (const { name, item } of await itemsAfter()) {
      const present = Object.entries(item).filter(([attribute]) => /^GSI[134]/.test(attribute));
      expect(Object.fromEntries(present), name).toEqual(indexKeys(item));
    }
  });

  it('takes off a finished photo all that belongs to the work on it', async () => {
    for (const { name, item } of await itemsAfter()) {
      if (isUnfinished(item.status))
        expect(Date.parse(String(item.leaseExpiresAt))).toBeGreaterThan(Date.now());
      else
        expect(
          Object.keys(item).filter((one) => whileUnfinished.includes(one)),
          name,
        ).toEqual([]);
      expect(item.publishedAt !== undefined, name).toBe(item.status === 'PUBLISHED');
    }
  });

  it('has a photo in review due only when its ranger has had the time', async () => {
    for (const { name, item } of await itemsAfter()) {
      if (item.status !== 'IN_REVIEW') continue;
      expect(String(item.leaseExpiresAt) > String(item.reviewBy), name).toBe(true);
      expect(item, name).toMatchObject({ taskToken: 'token', labels, details, picture: picture.key });
    }
  });

  it('keeps what an inspection found, and nothing for what it did not find', async () => {
    const { type, width, height } = details;
    for (const found of [details, { type, width, height }, { ...details, takenNearPlace: false }]) {
      const written = await detailsOf(definition, { ...inspected, details: found });
      if (written !== undefined) expect(plain({ written: { M: written } }).written).toEqual(found);
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
});
