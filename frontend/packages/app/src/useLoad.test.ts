import { ApiError, OfflineError } from '@happy-path/api-client';
import { describe, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { messages } from './messages.ts';
import { onStage } from './testing.ts';
import { useLoad } from './useLoad.ts';

type Read = (signal: AbortSignal) => Promise<string>;

function prepare(...answers: (string | Error)[]) {
  const source = ref(1);
  const read = vi.fn<Read>(async () => {
    const answer = answers.shift() ?? '';
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const stage = onStage(
    () => {},
    () => useLoad(source, read),
  );
  return { ...stage, source, read };
}

const gone = new ApiError(404, { code: 'NOT_FOUND', message: 'There is no such place.' });

describe('useLoad', () => {
  it('is loading, then ready', async () => {
    const { result } = prepare('a');
    expect(result.state.value).toBe('loading');

    await vi.waitFor(() => expect(result.state.value).toBe('ready'));

    expect(result.value.value).toBe('a');
    expect(result.error.value).toBeUndefined();
  });

  it.each([
    [gone, { kind: 'not-found', message: 'There is no such place.' }],
    [
      new ApiError(401, { code: 'UNAUTHENTICATED', message: 'Sign in.' }),
      { kind: 'sign-in', message: 'Sign in.' },
    ],
    [
      new ApiError(403, { code: 'FORBIDDEN', message: 'Not yours.' }),
      { kind: 'forbidden', message: 'Not yours.' },
    ],
    [new ApiError(500, { code: 'INTERNAL', message: 'Later.' }), { kind: 'failed', message: 'Later.' }],
    [new OfflineError(), { kind: 'offline', message: messages.errors.offline }],
  ])('says what went wrong: %s', async (error, words) => {
    const { result } = prepare(error);

    await vi.waitFor(() => expect(result.state.value).toBe('error'));

    expect(result.error.value).toEqual(words);
  });

  it('shows a bug in words and in the console', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { result } = prepare(new TypeError('bug'));

    await vi.waitFor(() => expect(result.state.value).toBe('error'));

    expect(result.error.value).toEqual({ kind: 'failed', message: messages.errors.unexpected });
    expect(log).toHaveBeenCalledTimes(1);
  });

  it('keeps what is shown when reading again fails', async () => {
    const { result } = prepare('a', new OfflineError());
    await vi.waitFor(() => expect(result.state.value).toBe('ready'));

    await result.refresh();

    expect(result.state.value).toBe('ready');
    expect(result.error.value?.kind).toBe('offline');
  });

  it('shows no more what does not exist any more', async () => {
    const { result } = prepare('a', gone);
    await vi.waitFor(() => expect(result.state.value).toBe('ready'));

    await result.refresh();

    expect(result.state.value).toBe('error');
    expect(result.value.value).toBeUndefined();
  });

  it('reads again by itself when reception is back', async () => {
    const { result, setOnline } = prepare(new OfflineError(), 'a');
    await vi.waitFor(() => expect(result.state.value).toBe('error'));

    setOnline(false);
    setOnline(true);

    await vi.waitFor(() => expect(result.value.value).toBe('a'));
  });

  it('starts over when the source changes, and a late answer about the old one is ignored', async () => {
    const answers: ((value: string) => void)[] = [];
    const { result, source, read } = prepare();
    read.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    source.value = 2;
    await nextTick();
    source.value = 3;
    await nextTick();

    answers[1]?.('of 3');
    answers[0]?.('of 2');

    await vi.waitFor(() => expect(result.value.value).toBe('of 3'));
    expect(read.mock.calls.map(([signal]) => signal.aborted)).toEqual([true, true, false]);
  });

  it('ends the read with the component', async () => {
    const { read, unmount } = prepare('a');

    unmount();

    expect(read.mock.calls[0]?.[0].aborted).toBe(true);
  });
});
