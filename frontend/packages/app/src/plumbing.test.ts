import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from './config.ts';
import { createNetwork } from './network.ts';
import { createToasts } from './toasts.ts';

beforeEach(() => {
  localStorage.clear();
});

describe('the network', () => {
  const radio = (type: 'online' | 'offline') => dispatchEvent(new Event(type));

  it('is away when the radio is off or the server cannot be reached', () => {
    const { online, report } = createNetwork();
    expect(online.value).toBe(true);

    report(false);
    expect(online.value).toBe(false);
    report(true);
    expect(online.value).toBe(true);
    radio('offline');
    report(true);
    expect(online.value).toBe(false);
    report(false);
    radio('online');
    expect(online.value).toBe(true);
  });

  it('asks for a sign of life while the server could not be reached, and only then', async () => {
    vi.useFakeTimers();
    const probe = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')) as Promise<unknown>);
    const { online, report } = createNetwork({ probe, interval: 1000 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(probe).not.toHaveBeenCalled();

    report(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(probe).toHaveBeenCalledTimes(2);
    expect(online.value).toBe(false);
    radio('offline');
    await vi.advanceTimersByTimeAsync(2000);
    expect(probe).toHaveBeenCalledTimes(2);
    radio('online');
    report(false);
    probe.mockResolvedValue('alive');
    await vi.advanceTimersByTimeAsync(1000);
    expect(online.value).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);

    expect(probe).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
  });

  it('calls back when it returns, until told to stop', () => {
    const { report, onBack } = createNetwork();
    const callback = vi.fn();
    const stop = onBack(callback);

    report(false);
    expect(callback).not.toHaveBeenCalled();
    report(true);
    report(true);
    expect(callback).toHaveBeenCalledTimes(1);
    stop();
    report(false);
    report(true);
    expect(callback).toHaveBeenCalledTimes(1);
  });
});

describe('the pop-ups', () => {
  it('show the newest four and go when dismissed', () => {
    const { toasts, show, dismiss } = createToasts();
    const texts = () => toasts.value.map(({ text }) => text);

    for (const text of ['1', '2', '3', '4', '5']) show({ kind: 'info', text });
    expect(texts()).toEqual(['2', '3', '4', '5']);
    dismiss(toasts.value[1]?.id ?? 0);

    expect(texts()).toEqual(['2', '4', '5']);
  });
});

describe("the stage's configuration", () => {
  const config = { stage: 'test', apiBase: '/api' };

  it('is read from the edge and serves the next start without reception', async () => {
    await expect(loadConfig(async () => Response.json(config))).resolves.toEqual(config);

    await expect(loadConfig(() => Promise.reject(new TypeError('offline')))).resolves.toEqual(config);
    await expect(loadConfig(async () => new Response('', { status: 502 }))).resolves.toEqual(config);
  });

  it('is missed when it was never read', async () => {
    await expect(loadConfig(async () => new Response('', { status: 404 }))).rejects.toThrow(
      'Expected /config.json, got 404',
    );
  });
});
