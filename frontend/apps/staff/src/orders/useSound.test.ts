import { onStage } from '@happy-path/app/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSound } from './useSound.ts';

beforeEach(() => localStorage.clear());
afterEach(() => localStorage.clear());

/** As much of Web Audio as the chime needs; it does not run before somebody touches the page. */
function createContext(touched: { value: boolean }) {
  const param = {
    value: 0,
    setValueAtTime: vi.fn(),
    linearRampToValueAtTime: vi.fn(),
    exponentialRampToValueAtTime: vi.fn(),
  };
  const connect = (next: unknown) => next;
  const start = vi.fn();
  const context = {
    state: touched.value ? 'running' : 'suspended',
    currentTime: 0,
    destination: {},
    close: vi.fn(async () => {}),
    resume: vi.fn(async () => {
      if (touched.value) context.state = 'running';
    }),
    createOscillator: () => ({ frequency: { value: 0 }, connect, start, stop: vi.fn() }),
    createGain: () => ({ gain: param, connect }),
  };
  return { context, start };
}

function prepare({ touched = true } = {}) {
  const touch = { value: touched };
  const { context, start } = createContext(touch);
  const stage = onStage(
    () => {},
    () => useSound(() => context as unknown as AudioContext),
  );
  return { ...stage, touch, context, start };
}

describe('the sound', () => {
  it('is off until it is turned on, which can be heard', () => {
    const { result, start } = prepare();
    result.chime();
    expect(start).not.toHaveBeenCalled();

    result.turn(true);

    // Two notes, each with its octave.
    expect(start).toHaveBeenCalledTimes(4);
  });

  it('is remembered on this device', () => {
    prepare().result.turn(true);

    expect(prepare().result.on.value).toBe(true);
  });

  it('stays silent once it is turned off', () => {
    const { result, start } = prepare();
    result.turn(true);
    result.turn(false);
    start.mockClear();

    result.chime();

    expect(start).not.toHaveBeenCalled();
  });

  it('says that the browser waits for a touch, and plays after it', async () => {
    localStorage.setItem('happy-path-order-sound', 'on');
    const { result, touch } = prepare({ touched: false });
    expect(result.waitsForTouch.value).toBe(true);

    touch.value = true;
    dispatchEvent(new Event('pointerdown'));

    await vi.waitFor(() => expect(result.waitsForTouch.value).toBe(false));
  });

  it('is given back with the page', () => {
    const { result, context, unmount } = prepare();
    result.turn(true);

    unmount();

    expect(context.close).toHaveBeenCalledTimes(1);
  });
});
