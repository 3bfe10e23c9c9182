import { onStage } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UNDO_MILLISECONDS, useUndo } from './useUndo.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function prepare() {
  const send = vi.fn<(action: string) => Promise<boolean>>().mockResolvedValue(true);
  const stage = onStage(
    () => {},
    () => useUndo<string>({ send }),
  );
  const shown = () => stage.result.open.value.map(({ action }) => action);
  return { ...stage, send, shown, sent: () => send.mock.calls.flat() };
}

function hide() {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  visibility.mockRestore();
}

describe('an action', () => {
  it('is sent after five seconds, and is open until it is answered', async () => {
    const { result, shown, sent } = prepare();

    result.add('a', 'accept');
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS - 1);
    expect([shown(), sent()]).toEqual([['accept'], []]);
    await vi.advanceTimersByTimeAsync(1);

    expect([shown(), sent()]).toEqual([[], ['accept']]);
  });

  it('is not sent when it was taken back', async () => {
    const { result, shown, sent } = prepare();
    result.add('a', 'accept');
    result.add('b', 'cancel');

    for (const { id, key } of result.open.value) if (key === 'a') result.undo(id);
    await vi.advanceTimersByTimeAsync(60_000);

    expect([shown(), sent()]).toEqual([[], ['cancel']]);
  });

  it('cannot be taken back once it is on its way', async () => {
    const { result, send, shown } = prepare();
    send.mockReturnValue(new Promise(() => {}));
    result.add('a', 'accept');
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS);

    for (const { id } of result.open.value) result.undo(id);

    expect(shown()).toEqual(['accept']);
    expect(result.open.value[0]?.sendAt).toBeUndefined();
  });

  it('is sent sooner when its time is over sooner', async () => {
    const { result, sent } = prepare();

    result.add('a', 'accept', Date.now() + 1000);
    result.add('b', 'accept b', Date.now() - 1000);
    await vi.advanceTimersByTimeAsync(1000);

    expect(sent()).toEqual(['accept b', 'accept']);
  });
});

describe('two actions upon the same thing', () => {
  it('are sent one after the other', async () => {
    const { result, send, sent } = prepare();
    let answer: (accepted: boolean) => void = () => {};
    send.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));

    result.add('a', 'accept');
    result.add('a', 'complete');
    expect(sent()).toEqual(['accept']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent()).toEqual(['accept']);
    answer(true);
    await vi.advanceTimersByTimeAsync(0);

    expect(sent()).toEqual(['accept', 'complete']);
  });

  it.each([
    ['waits for its time', 0],
    ['waits for the answer', UNDO_MILLISECONDS],
  ])('are both dropped when the first is refused while the second %s', async (_what, passed) => {
    const { result, send, shown, sent } = prepare();
    let answer: (accepted: boolean) => void = () => {};
    send.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    result.add('a', 'accept');
    result.add('a', 'complete');
    result.add('b', 'accept b');

    await vi.advanceTimersByTimeAsync(passed);
    answer(false);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(sent()).toEqual(['accept', 'accept b']);
    expect(shown()).toEqual([]);
  });
});

describe('whoever leaves', () => {
  it.each([
    ['closes the page', () => dispatchEvent(new Event('pagehide'))],
    ['puts it into the background', hide],
  ])('and %s sends what is pending, at once', (_how, leave) => {
    const { result, sent } = prepare();
    result.add('a', 'accept');
    result.add('b', 'cancel');

    leave();

    expect(sent()).toEqual(['accept', 'cancel']);
  });

  it('goes to another page of the app sends it, too, and it is not sent again', async () => {
    const { result, unmount, sent } = prepare();
    result.add('a', 'accept');

    unmount();
    dispatchEvent(new Event('pagehide'));
    await vi.advanceTimersByTimeAsync(60_000);

    expect(sent()).toEqual(['accept']);
  });
});
