import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendForm } from './send-form.ts';

/** As much of an XMLHttpRequest as is used. */
class Request {
  static last: Request;
  readonly upload: { onprogress?: (event: Partial<ProgressEvent>) => void } = {};
  status = 0;
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  readonly open = vi.fn();
  readonly send = vi.fn<(body: FormData) => void>();
  constructor() {
    Request.last = this;
  }
  abort(): void {
    this.onabort?.();
  }
  answer(status: number): void {
    this.status = status;
    this.onload?.();
  }
}

const upload = {
  url: 'https://bucket.example',
  fields: { key: 'k', policy: 'p' },
  expiresAt: '',
  maxBytes: 9,
};
let controller: AbortController;
let progress: number[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('XMLHttpRequest', Request);
  controller = new AbortController();
  progress = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const send = () =>
  sendForm(upload, new Blob(['abc']), {
    signal: controller.signal,
    onProgress: (part) => progress.push(part),
  });

describe('sending the form', () => {
  it('posts the fields first and the file last', async () => {
    const end = send();
    Request.last.answer(204);

    await expect(end).resolves.toBe('sent');
    expect(Request.last.open).toHaveBeenCalledWith('POST', 'https://bucket.example');
    expect([...(Request.last.send.mock.calls[0]?.[0].keys() ?? [])]).toEqual(['key', 'policy', 'file']);
  });

  it('tells how much has gone', async () => {
    const end = send();
    Request.last.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 });
    Request.last.upload.onprogress?.({ lengthComputable: false, loaded: 2, total: 0 });
    Request.last.answer(201);
    await end;

    expect(progress).toEqual([0.25]);
  });

  it.each([
    [403, 'expired'],
    [400, 'refused'],
    [503, 'busy'],
    [500, 'busy'],
    [429, 'busy'],
  ])('takes status %d as %s', async (status, outcome) => {
    const end = send();
    Request.last.answer(status);

    await expect(end).resolves.toBe(outcome);
  });

  it('has no answer when the connection breaks', async () => {
    const end = send();
    Request.last.onerror?.();

    await expect(end).resolves.toBe('no-answer');
  });

  it('gives up a connection on which nothing moves, but not a slow one', async () => {
    const end = send();
    await vi.advanceTimersByTimeAsync(40_000);
    Request.last.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 });
    await vi.advanceTimersByTimeAsync(40_000);
    expect(progress).toEqual([0.25]);

    await vi.advanceTimersByTimeAsync(5000);

    await expect(end).resolves.toBe('no-answer');
  });

  it('stops when it is told to', async () => {
    const end = send();
    controller.abort();

    await expect(end).resolves.toBe('aborted');
  });

  it('does not begin when it was told to stop before', async () => {
    controller.abort();

    await expect(send()).resolves.toBe('aborted');
    expect(Request.last.send).not.toHaveBeenCalled();
  });
});
