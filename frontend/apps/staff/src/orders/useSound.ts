import { onScopeDispose, type Ref, readonly, ref } from 'vue';
import { playChime } from './sound.ts';

export interface Sound {
  readonly on: Readonly<Ref<boolean>>;
  /** The browser lets nothing be heard before somebody touches the page. */
  readonly waitsForTouch: Readonly<Ref<boolean>>;
  /** Turns it on, which can be heard at once, or off; remembered on this device. */
  turn(on: boolean): void;
  chime(): void;
}

const KEY = 'happy-path-order-sound';

/** The chime of the orders view, once somebody has turned it on. */
export function useSound(createContext: () => AudioContext = () => new AudioContext()): Sound {
  const on = ref(localStorage.getItem(KEY) === 'on');
  const waitsForTouch = ref(false);
  let context: AudioContext | undefined;

  async function wake(): Promise<void> {
    if (!on.value) return;
    context ??= createContext();
    // Stays pending until a gesture, so the state of now is what counts.
    if (context.state !== 'running') void context.resume().then(note, note);
    note();
  }
  function note(): void {
    waitsForTouch.value = on.value && context?.state !== 'running';
  }
  function chime(): void {
    if (!on.value) return;
    void wake();
    if (context) playChime(context);
  }
  function turn(next: boolean): void {
    on.value = next;
    localStorage.setItem(KEY, next ? 'on' : 'off');
    note();
    chime();
  }

  const onTouch = () => waitsForTouch.value && void wake();
  addEventListener('pointerdown', onTouch);
  addEventListener('keydown', onTouch);
  void wake();
  onScopeDispose(() => {
    removeEventListener('pointerdown', onTouch);
    removeEventListener('keydown', onTouch);
    void context?.close();
  });

  return { on: readonly(on), waitsForTouch: readonly(waitsForTouch), turn, chime };
}
