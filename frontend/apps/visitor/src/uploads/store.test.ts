// @vitest-environment node
// Node's Blob can be cloned into the store as a browser's can; happy-dom's cannot.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createUploadStore, type UploadRecord } from './store.ts';

const record = (id: string, createdAt = 0): UploadRecord => ({
  id,
  placeId: 'place',
  placeName: 'Park',
  fileName: `${id}.jpg`,
  contentType: 'image/jpeg',
  bytes: new Blob([`bytes of ${id}`], { type: 'image/jpeg' }),
  status: 'waiting',
  idempotencyKey: `key-${id}`,
  createdAt,
});

let name: string;
beforeEach(() => {
  name = crypto.randomUUID();
});

describe('the store', () => {
  it('keeps uploads with their bytes for the next visit, oldest first', async () => {
    const store = createUploadStore(name);
    await store.put(record('b', 2));
    await store.put(record('a', 1));

    const kept = await createUploadStore(name).all();

    expect(kept.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await kept[0]?.bytes.text()).toBe('bytes of a');
  });

  it('replaces a record and finds it by its id', async () => {
    const store = createUploadStore(name);
    await store.put(record('a'));

    await store.put({ ...record('a'), status: 'failed', message: 'No.' });

    expect(await store.get('a')).toMatchObject({ status: 'failed', message: 'No.' });
    expect(await store.all()).toHaveLength(1);
  });

  it('forgets what is removed', async () => {
    const store = createUploadStore(name);
    await store.put(record('a'));

    await store.remove('a');
    await store.remove('never there');

    expect(await store.get('a')).toBeUndefined();
    expect(await store.all()).toEqual([]);
  });
});

describe('a phone that keeps nothing', () => {
  it('holds uploads as long as the tab lives when there is no IndexedDB', async () => {
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('Denied', 'SecurityError');
    });
    const store = createUploadStore(name);

    await store.put(record('a'));

    expect(open).toHaveBeenCalled();
    expect(await store.get('a')).toMatchObject({ id: 'a' });
    expect(await store.all()).toHaveLength(1);
    await store.remove('a');
    expect(await store.all()).toEqual([]);
  });

  it('holds an upload for which the disk has no room', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('Full', 'QuotaExceededError');
    });
    const store = createUploadStore(name);

    await store.put(record('a'));

    expect(await store.get('a')).toMatchObject({ id: 'a' });
    expect(await createUploadStore(name).get('a')).toBeUndefined();
  });
});
