// @vitest-environment node
import { ApiError, OfflineError } from '@happy-path/api-client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type DeliverPorts, deliver } from './deliver.ts';
import type { UploadRecord } from './store.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const form = (photoId: string, expiresAt = '2026-06-01T12:05:00Z') => ({
  photoId,
  upload: { url: 'https://bucket.example', fields: { key: 'k' }, expiresAt, maxBytes: 100 },
});
const refusal = (status: number, code = 'X') => new ApiError(status, { code, message: `No: ${code}` });

let record: UploadRecord;
let ports: ReturnType<typeof makePorts>;
const options = { signal: new AbortController().signal, onProgress: () => {} };

function makePorts() {
  let keys = 0;
  return {
    api: {
      requestUpload: vi.fn<DeliverPorts['api']['requestUpload']>().mockResolvedValue(form('p1')),
      getPhoto: vi.fn<DeliverPorts['api']['getPhoto']>(),
    },
    sendForm: vi.fn<DeliverPorts['sendForm']>().mockResolvedValue('sent'),
    save: vi.fn<DeliverPorts['save']>().mockResolvedValue(),
    newKey: () => `key-${++keys}`,
    now: () => NOW,
  };
}

const photo = (status: string) => ({ status }) as Awaited<ReturnType<DeliverPorts['api']['getPhoto']>>;

beforeEach(() => {
  ports = makePorts();
  record = {
    id: 'u',
    placeId: 'place',
    placeName: 'Park',
    fileName: 'a.jpg',
    caption: 'Hello',
    contentType: 'image/jpeg',
    bytes: new Blob(['abc']),
    status: 'waiting',
    idempotencyKey: 'key-0',
    createdAt: 0,
  };
});

describe('a first try', () => {
  it('asks for a form and posts the bytes to it', async () => {
    await expect(deliver(record, ports, options)).resolves.toEqual({ kind: 'sent' });

    expect(ports.api.requestUpload).toHaveBeenCalledExactlyOnceWith(
      'place',
      { contentType: 'image/jpeg', size: 3, caption: 'Hello' },
      'key-0',
      { signal: options.signal },
    );
    expect(ports.sendForm).toHaveBeenCalledExactlyOnceWith(form('p1').upload, record.bytes, options);
    expect(ports.api.getPhoto).not.toHaveBeenCalled();
  });

  it('keeps the form before the bytes go, for the next try', async () => {
    ports.sendForm.mockResolvedValue('no-answer');

    await expect(deliver(record, ports, options)).resolves.toEqual({ kind: 'no-reception' });

    expect(ports.save).toHaveBeenLastCalledWith(
      expect.objectContaining({ granted: form('p1'), tried: true }),
    );
    expect(record.idempotencyKey).toBe('key-0');
  });
});

describe('a further try', () => {
  beforeEach(() => {
    record.granted = form('p1');
    record.tried = true;
    ports.api.getPhoto.mockResolvedValue(photo('AWAITING_UPLOAD'));
  });

  it('uses the form that is still good', async () => {
    await deliver(record, ports, options);

    expect(ports.api.requestUpload).not.toHaveBeenCalled();
    expect(ports.sendForm).toHaveBeenCalledTimes(1);
  });

  it('sends nothing when the bytes of the last one arrived and only the answer was lost', async () => {
    ports.api.getPhoto.mockResolvedValue(photo('PROCESSING'));

    await expect(deliver(record, ports, options)).resolves.toEqual({ kind: 'sent' });

    expect(ports.sendForm).not.toHaveBeenCalled();
  });

  it('asks for a new form with a new key when the old one is about to expire', async () => {
    record.granted = form('p1', '2026-06-01T12:00:10Z');
    ports.api.requestUpload.mockResolvedValue(form('p2'));

    await deliver(record, ports, options);

    expect(ports.api.requestUpload.mock.calls[0]?.[2]).toBe('key-1');
    expect(record.granted).toEqual(form('p2'));
  });

  it('asks for a new form when the server has given up the photo of the old one', async () => {
    ports.api.getPhoto.mockRejectedValue(refusal(404, 'NOT_FOUND'));
    ports.api.requestUpload.mockResolvedValue(form('p2'));

    await expect(deliver(record, ports, options)).resolves.toEqual({ kind: 'sent' });

    expect(ports.api.requestUpload.mock.calls[0]?.[2]).toBe('key-1');
    expect(record.granted?.photoId).toBe('p2');
  });

  it('waits when it cannot find out whether the bytes arrived', async () => {
    ports.api.getPhoto.mockRejectedValue(new OfflineError());

    await expect(deliver(record, ports, options)).resolves.toEqual({ kind: 'no-reception' });

    expect(ports.sendForm).not.toHaveBeenCalled();
  });
});

describe('what the bucket says', () => {
  it('drops a form it does not take any more, so that the next try has a new one', async () => {
    ports.sendForm.mockResolvedValue('expired');

    await expect(deliver(record, ports, options)).resolves.toEqual({ kind: 'later' });

    expect(record).toMatchObject({ granted: undefined, tried: undefined, idempotencyKey: 'key-1' });
  });

  it.each([
    ['busy', { kind: 'later' }],
    ['aborted', { kind: 'aborted' }],
    ['refused', { kind: 'failed', reason: 'NOT_ACCEPTED' }],
  ] as const)('%s ends as %o', async (outcome, end) => {
    ports.sendForm.mockResolvedValue(outcome);

    await expect(deliver(record, ports, options)).resolves.toMatchObject(end);
  });
});

describe('what the API says', () => {
  it.each([
    [new OfflineError(), { kind: 'no-reception' }],
    [refusal(401), { kind: 'sign-in' }],
    [refusal(429), { kind: 'later' }],
    [refusal(409), { kind: 'later' }],
    [refusal(500), { kind: 'later' }],
    [
      refusal(400, 'INVALID_REQUEST'),
      { kind: 'failed', reason: 'INVALID_REQUEST', message: 'No: INVALID_REQUEST' },
    ],
    [refusal(404, 'NOT_FOUND'), { kind: 'failed', reason: 'NOT_FOUND' }],
  ])('%s ends as %o', async (error, end) => {
    ports.api.requestUpload.mockRejectedValue(error);

    await expect(deliver(record, ports, options)).resolves.toMatchObject(end);

    expect(ports.sendForm).not.toHaveBeenCalled();
  });

  it('takes a new key when the old one belongs to another request', async () => {
    ports.api.requestUpload.mockRejectedValue(refusal(422, 'IDEMPOTENCY_KEY_REUSED'));

    await expect(deliver(record, ports, options)).resolves.toEqual({ kind: 'later' });

    expect(record.idempotencyKey).toBe('key-1');
  });

  it('does not matter after an abort', async () => {
    const controller = new AbortController();
    ports.api.requestUpload.mockImplementation(async () => {
      controller.abort();
      throw new OfflineError();
    });

    const end = deliver(record, ports, { ...options, signal: controller.signal });

    await expect(end).resolves.toEqual({ kind: 'aborted' });
  });

  it('lets a bug through', async () => {
    ports.api.requestUpload.mockRejectedValue(new TypeError('bug'));

    await expect(deliver(record, ports, options)).rejects.toThrow('bug');
  });
});
