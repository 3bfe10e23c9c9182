import { ApiError, OfflineError, type PhotoView } from '@happy-path/api-client';
import { createFakeRealtime, type FakeRealtime } from '@happy-path/realtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, ref } from 'vue';
import type { SendOptions, SendOutcome } from './send-form.ts';
import type { UploadRecord, UploadStore } from './store.ts';
import { createUploads, type UploadsPorts } from './uploads.ts';

const user = { id: 'u/1', groups: [] };
const jpeg = (name = 'a.jpg') => new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)], name);
const view = (status: PhotoView['status'], more: Partial<PhotoView> = {}): PhotoView => ({
  photoId: 'p1',
  placeId: 'place',
  journeyId: 'p1',
  createdAt: '',
  retryable: false,
  mine: true,
  status,
  ...more,
});

/** A bucket whose answers a test gives one by one. */
function createBucket() {
  const sending: { options: SendOptions; end: (outcome: SendOutcome) => void }[] = [];
  const sendForm: UploadsPorts['sendForm'] = (_upload, _file, options) =>
    new Promise((end) => {
      options.signal.addEventListener('abort', () => end('aborted'));
      sending.push({ options, end });
    });
  return { sending, sendForm };
}

function createMemoryStore(records: UploadRecord[] = []) {
  const kept = new Map(records.map((record) => [record.id, record]));
  const store: UploadStore = {
    all: async () => [...kept.values()],
    get: async (id) => kept.get(id),
    put: async (record) => void kept.set(record.id, { ...record }),
    remove: async (id) => void kept.delete(id),
  };
  return { kept, store };
}

function prepare(records: UploadRecord[] = [], signedIn = true) {
  let photos = 0;
  const bucket = createBucket();
  const { kept, store } = createMemoryStore(records);
  const realtime: FakeRealtime = createFakeRealtime();
  const radio = ref(true);
  const online = computed(() => radio.value);
  const back: (() => void)[] = [];
  const api = {
    requestUpload: vi.fn<UploadsPorts['api']['requestUpload']>(async () => ({
      photoId: `p${++photos}`,
      upload: { url: '', fields: {}, expiresAt: new Date(Date.now() + 300_000).toISOString(), maxBytes: 1 },
    })),
    getPhoto: vi.fn<UploadsPorts['api']['getPhoto']>(async () => view('PROCESSING')),
    retryPhoto: vi.fn<UploadsPorts['api']['retryPhoto']>(async () => view('UPLOADED')),
  };
  const session = { user: ref(signedIn ? user : undefined) };
  const toasts = { show: vi.fn(() => 0) };
  const network = {
    online,
    report: () => {},
    onBack: (callback: () => void) => {
      back.push(callback);
      return () => {};
    },
  };
  const uploads = createUploads({
    api,
    session,
    realtime,
    network,
    toasts,
    store,
    sendForm: bucket.sendForm,
  });
  const setRadio = (on: boolean) => {
    radio.value = on;
    if (on) for (const callback of back) callback();
  };
  const item = (index = 0) => uploads.items.value[index];
  return { uploads, item, api, session, realtime, toasts, kept, setRadio, sending: bucket.sending };
}

/** One upload on its way, and the bucket's side of it. */
async function sendOne(records?: UploadRecord[]) {
  const all = prepare(records);
  await all.uploads.add('place', 'Yosemite', [jpeg()], ' By the river ');
  await vi.waitFor(() => expect(all.sending).toHaveLength(1));
  const [first] = all.sending;
  if (!first) throw new Error('Expected something to be sent');
  return { ...all, first };
}

const kept = (more: Partial<UploadRecord> = {}): UploadRecord => ({
  id: 'kept',
  ownerId: user.id,
  placeId: 'place',
  placeName: 'Yosemite',
  fileName: 'k.jpg',
  contentType: 'image/jpeg',
  bytes: new Blob(['x']),
  status: 'waiting',
  idempotencyKey: 'key',
  createdAt: Date.now(),
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an upload', () => {
  it('stands in the list at once, with a thumbnail', () => {
    const { uploads, item } = prepare();

    void uploads.add('place', 'Yosemite', [jpeg('first.jpg'), jpeg('second.jpg')]);

    expect(uploads.items.value.map(({ fileName }) => fileName)).toEqual(['first.jpg', 'second.jpg']);
    expect(item()).toMatchObject({ status: 'waiting', waitsFor: 'turn', progress: 0 });
    expect(item()?.previewUrl).toMatch(/^blob:/);
  });

  it('goes from the phone to the map, and a pop-up that opens the photo says so', async () => {
    const { first, item, api, realtime, toasts, kept: store } = await sendOne();
    expect(item()).toMatchObject({ status: 'uploading', caption: 'By the river' });
    first.options.onProgress(0.5);
    expect(item()?.progress).toBe(0.5);

    first.end('sent');
    await vi.waitFor(() => expect(item()?.status).toBe('processing'));
    expect([...store.values()]).toMatchObject([{ status: 'processing', ownerId: 'u/1' }]);
    api.getPhoto.mockResolvedValue(view('PUBLISHED'));
    realtime.emit('users/u%2F1', { type: 'PhotoPublished', data: { photoId: 'p1' } });

    await vi.waitFor(() => expect(item()).toMatchObject({ status: 'published', progress: 1, photoId: 'p1' }));
    expect(toasts.show).toHaveBeenCalledExactlyOnceWith({
      kind: 'success',
      text: 'Your photo was added to Yosemite.',
      to: '/photos/p1',
    });
    expect(store.size).toBe(0);
  });

  it('ends rejected with the words of the workflow, and stays for the next visit', async () => {
    const { first, item, api, realtime, toasts, kept: store } = await sendOne();
    first.end('sent');
    await vi.waitFor(() => expect(item()?.status).toBe('processing'));

    api.getPhoto.mockResolvedValue(view('REJECTED', { reason: 'CORRUPT', message: 'It is damaged.' }));
    realtime.emit('users/u%2F1', { type: 'PhotoRejected', data: { photoId: 'p1' } });

    await vi.waitFor(() =>
      expect(item()).toMatchObject({ status: 'rejected', reason: 'CORRUPT', message: 'It is damaged.' }),
    );
    expect(toasts.show).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ text: 'Your photo was not added to Yosemite. It is damaged.' }),
    );
    await vi.waitFor(() => expect([...store.values()]).toMatchObject([{ status: 'rejected' }]));
  });

  it('learns of its end by reading when no message comes', async () => {
    const { first, item, api } = await sendOne();
    first.end('sent');
    await vi.waitFor(() => expect(item()?.status).toBe('processing'));
    await vi.advanceTimersByTimeAsync(1500);
    expect(api.getPhoto).toHaveBeenCalledTimes(1);

    api.getPhoto.mockResolvedValue(view('PUBLISHED'));
    await vi.advanceTimersByTimeAsync(3000);

    expect(item()?.status).toBe('published');
    await vi.advanceTimersByTimeAsync(100_000);
    expect(api.getPhoto).toHaveBeenCalledTimes(2);
  });

  it('learns of its end after the channel was away', async () => {
    const { first, item, api, realtime } = await sendOne();
    first.end('sent');
    await vi.waitFor(() => expect(item()?.status).toBe('processing'));

    realtime.setState('offline');
    api.getPhoto.mockResolvedValue(view('PUBLISHED'));
    realtime.setState('online');

    await vi.waitFor(() => expect(item()?.status).toBe('published'));
  });

  it('is refused on the phone for the reasons of the workflow, and nothing is sent', async () => {
    const { uploads, item, api, kept: store } = prepare();

    await uploads.add('place', 'Yosemite', [new File(['GIF89a'], 'a.jpg')]);

    expect(item()).toMatchObject({ status: 'refused', reason: 'UNSUPPORTED_TYPE' });
    expect(item()?.message).toContain('This file is a GIF');
    expect(api.requestUpload).not.toHaveBeenCalled();
    expect(store.size).toBe(0);
  });

  it('fails with the words of the server', async () => {
    const { uploads, item, api, toasts } = prepare();
    api.requestUpload.mockRejectedValue(new ApiError(404, { code: 'NOT_FOUND', message: 'No such place.' }));

    await uploads.add('place', 'Yosemite', [jpeg()]);

    await vi.waitFor(() => expect(item()).toMatchObject({ status: 'failed', message: 'No such place.' }));
    expect(toasts.show).toHaveBeenCalledTimes(1);
  });

  it('shows a bug as a failure that can be retried', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { uploads, item, api } = prepare();
    api.requestUpload.mockRejectedValue(new TypeError('bug'));

    await uploads.add('place', 'Yosemite', [jpeg()]);

    await vi.waitFor(() => expect(item()).toMatchObject({ status: 'failed', reason: 'UNEXPECTED' }));
  });
});

describe('the queue', () => {
  it('sends two at once and the next as soon as one is through', async () => {
    const { uploads, sending } = prepare();

    await uploads.add('place', 'Yosemite', [jpeg('1'), jpeg('2'), jpeg('3')]);
    await vi.waitFor(() => expect(sending).toHaveLength(2));
    expect(uploads.items.value.map(({ status }) => status)).toEqual(['uploading', 'uploading', 'waiting']);
    sending[0]?.end('sent');

    await vi.waitFor(() => expect(sending).toHaveLength(3));
  });

  it('keeps what has no reception and sends it when it is back, under the same key', async () => {
    const { uploads, item, api, setRadio, sending, kept: store } = prepare();
    setRadio(false);
    api.requestUpload.mockRejectedValue(new OfflineError());
    await uploads.add('place', 'Yosemite', [jpeg('1'), jpeg('2'), jpeg('3')]);
    await vi.waitFor(() => expect(uploads.waiting.value).toBe(3));
    expect(item()).toMatchObject({ status: 'waiting', waitsFor: 'reception' });
    expect(store.size).toBe(3);

    api.requestUpload.mockClear();
    api.requestUpload.mockResolvedValue({
      photoId: 'p1',
      upload: { url: '', fields: {}, expiresAt: new Date(Date.now() + 300_000).toISOString(), maxBytes: 1 },
    });
    const keys = [...store.values()].map(({ idempotencyKey }) => idempotencyKey);
    setRadio(true);

    await vi.waitFor(() => expect(sending).toHaveLength(2));
    expect(uploads.waiting.value).toBe(0);
    expect(api.requestUpload.mock.calls.map((call) => call[2])).toEqual(keys.slice(0, 2));
  });

  it('tries again by itself, later each time, while the browser believes in its reception', async () => {
    const { uploads, item, api } = prepare();
    api.requestUpload.mockRejectedValue(new OfflineError());
    await uploads.add('place', 'Yosemite', [jpeg()]);
    await vi.waitFor(() => expect(item()).toMatchObject({ status: 'waiting', waitsFor: 'reception' }));
    expect(api.requestUpload).toHaveBeenCalledTimes(1);

    await vi.advanceTimersByTimeAsync(2000);
    expect(api.requestUpload).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.requestUpload).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.requestUpload).toHaveBeenCalledTimes(3);

    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(item()?.status).not.toBe('failed');
  });

  it('gives up a server that stays broken after some tries, and goes on when told to', async () => {
    const { uploads, item, api } = prepare();
    api.requestUpload.mockRejectedValue(new ApiError(500, { code: 'INTERNAL', message: '' }));
    await uploads.add('place', 'Yosemite', [jpeg()]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(item()).toMatchObject({ status: 'failed', reason: 'INTERRUPTED' });
    const [, , key] = api.requestUpload.mock.calls[0] ?? [];
    const tries = api.requestUpload.mock.calls.length;

    await uploads.retry(item()?.id ?? '');

    await vi.waitFor(() => expect(api.requestUpload).toHaveBeenCalledTimes(tries + 1));
    expect(api.requestUpload.mock.lastCall?.[2]).toBe(key);
  });

  it('waits for somebody to sign in, whose photos they then are', async () => {
    const { uploads, item, session, sending, kept: store } = prepare([], false);
    await uploads.add('place', 'Yosemite', [jpeg()]);
    expect(item()).toMatchObject({ status: 'waiting', waitsFor: 'sign-in' });

    session.user.value = user;

    await vi.waitFor(() => expect(sending).toHaveLength(1));
    expect([...store.values()]).toMatchObject([{ ownerId: user.id }]);
  });
});

describe('the next visit', () => {
  it('sends what was kept', async () => {
    const { item, sending } = prepare([kept()]);

    await vi.waitFor(() => expect(sending).toHaveLength(1));

    expect(item()).toMatchObject({ id: 'kept', status: 'uploading', fileName: 'k.jpg' });
  });

  it('follows what was sent', async () => {
    const upload = { url: '', fields: {}, expiresAt: '', maxBytes: 1 };
    const { item, api } = prepare([kept({ status: 'processing', granted: { photoId: 'p1', upload } })]);
    api.getPhoto.mockResolvedValue(view('PUBLISHED'));

    await vi.advanceTimersByTimeAsync(1500);

    expect(item()?.status).toBe('published');
  });

  it('hides and keeps back what somebody else has waiting', async () => {
    const { uploads, sending, session, kept: store } = prepare([kept({ ownerId: 'somebody else' })]);
    await uploads.restored;

    expect(uploads.items.value).toEqual([]);
    expect(sending).toEqual([]);

    session.user.value = { id: 'somebody else', groups: [] };
    await vi.waitFor(() => expect(sending).toHaveLength(1));
    expect(store.size).toBe(1);
  });

  it('forgets what has failed a week ago', async () => {
    const eightDays = 8 * 24 * 60 * 60 * 1000;
    const old = kept({ status: 'failed', createdAt: Date.now() - eightDays });
    const young = kept({ id: 'young', status: 'failed', message: 'No.' });
    const { uploads, kept: store } = prepare([old, young]);

    await uploads.restored;

    expect(uploads.items.value).toMatchObject([{ id: 'young', status: 'failed', message: 'No.' }]);
    expect([...store.keys()]).toEqual(['young']);
  });

  it('leaves alone what another tab has ended meanwhile', async () => {
    const { uploads, session, sending, kept: store } = prepare([kept()], false);
    await uploads.restored;
    store.clear();

    session.user.value = user;

    await vi.waitFor(() => expect(uploads.items.value).toEqual([]));
    expect(sending).toEqual([]);
  });
});

describe('cancel, retry and dismiss', () => {
  it('cancels what is on its way and forgets it', async () => {
    const { uploads, item, first, kept: store } = await sendOne();

    await uploads.cancel(item()?.id ?? '');

    expect(first.options.signal.aborted).toBe(true);
    expect(item()?.status).toBe('cancelled');
    await vi.advanceTimersByTimeAsync(0);
    expect(store.size).toBe(0);
    expect(item()?.status).toBe('cancelled');
  });

  it('does not cancel what the server has already', async () => {
    const { uploads, item, first } = await sendOne();
    first.end('sent');
    await vi.waitFor(() => expect(item()?.status).toBe('processing'));

    await uploads.cancel(item()?.id ?? '');

    expect(item()?.status).toBe('processing');
  });

  it.each([
    [
      'failed in the workflow',
      view('FAILED', { reason: 'WORKFLOW_FAILED', message: 'Our fault.' }),
      'failed',
    ],
    [
      'no ranger saw in time',
      view('REJECTED', { reason: 'REVIEW_TIMED_OUT', message: 'Ask again.' }),
      'rejected',
    ],
  ])('lets a photo that %s be done again without sending its bytes once more', async (_what, end, status) => {
    const { uploads, item, first, api, sending } = await sendOne();
    api.getPhoto.mockResolvedValue(end);
    first.end('sent');
    await vi.advanceTimersByTimeAsync(1500);
    expect(item()).toMatchObject({ status, message: end.message });

    await uploads.retry(item()?.id ?? '');

    expect(api.retryPhoto).toHaveBeenCalledWith('p1', expect.any(String));
    expect(item()).toMatchObject({ status: 'processing', message: undefined });
    expect(sending).toHaveLength(1);
    api.getPhoto.mockResolvedValue(view('PUBLISHED'));
    await vi.advanceTimersByTimeAsync(1500);
    expect(item()?.status).toBe('published');
  });

  it('sends a photo anew that failed in the workflow and is not kept any more', async () => {
    const { uploads, item, first, api, sending } = await sendOne();
    api.retryPhoto.mockRejectedValue(new ApiError(409, { code: 'CONFLICT', message: 'It is gone.' }));
    api.getPhoto.mockResolvedValue(view('FAILED', { reason: 'WORKFLOW_FAILED', message: 'Our fault.' }));
    first.end('sent');
    await vi.advanceTimersByTimeAsync(1500);
    expect(item()).toMatchObject({ status: 'failed', message: 'Our fault.' });

    await uploads.retry(item()?.id ?? '');

    await vi.waitFor(() => expect(sending).toHaveLength(2));
    const keys = api.requestUpload.mock.calls.map((call) => call[2]);
    expect(keys[1]).not.toBe(keys[0]);
    expect(item()).toMatchObject({ status: 'uploading', message: undefined });
  });

  it('dismisses what has ended, and only that', async () => {
    const { uploads, item, first, api, kept: store } = await sendOne();
    const id = item()?.id ?? '';
    await uploads.dismiss(id);
    expect(item()?.status).toBe('uploading');
    api.getPhoto.mockResolvedValue(view('REJECTED'));
    first.end('sent');
    await vi.advanceTimersByTimeAsync(1500);
    expect(item()?.status).toBe('rejected');

    await uploads.dismiss(id);

    expect(uploads.items.value).toEqual([]);
    expect(store.size).toBe(0);
  });
});
