import type { TokenWindow } from '@happy-path/api-client';
import { type LoadError, useServices } from '@happy-path/app';
import { type ComputedRef, computed, type Ref, ref, watch } from 'vue';
import type { ServerClock } from './server-clock.ts';
import { useLiveRead } from './useLiveRead.ts';

export interface UseTokenWindow {
  readonly window: Readonly<Ref<TokenWindow | undefined>>;
  readonly error: Readonly<Ref<LoadError | undefined>>;
  /** What the QR code says, as long as a scan of it can succeed. */
  readonly scanUrl: ComputedRef<string | undefined>;
  /** The window is over and the next one is not here yet. */
  readonly isOver: Readonly<Ref<boolean>>;
  hint(): void;
  now(): void;
  /** Somebody saw the window's end pass before the timer did, as after the device's sleep. */
  end(): void;
}

const EVERY = 30_000;
/** All displays would ask in the same instant otherwise. */
const SPREAD = 500;

/** The café's current scan window: hidden at its end by the server's clock, and followed by the next one by itself. */
export function useTokenWindow(cafeId: string, clock: ServerClock): UseTokenWindow {
  const { api, session } = useServices();
  let learning = false;
  const live = useLiveRead<TokenWindow>({
    read: async (signal) => {
      const asked = Date.now();
      const window = await api.orders.window(cafeId, { signal });
      learning = true;
      clock.learn({
        asked,
        answered: Date.now(),
        from: Date.parse(window.startsAt),
        before: Date.parse(window.endsAt),
      });
      learning = false;
      return window;
    },
    every: () => EVERY,
    endsIn: (window) => millisecondsLeft(window) + Math.random() * SPREAD,
  });
  const millisecondsLeft = ({ endsAt }: TokenWindow) => Date.parse(endsAt) - clock.now();
  const isOver = ref(false);

  function end(): void {
    if (isOver.value) return;
    isOver.value = true;
    live.now();
  }

  watch(
    [live.value, clock.corrections],
    ([window], _before, onCleanup) => {
      isOver.value = false;
      if (!window) return;
      const left = millisecondsLeft(window);
      if (left <= 0) isOver.value = true;
      else onCleanup(clearing(setTimeout(end, left)));
    },
    { flush: 'sync' },
  );
  // Another sighting may show that the window is over; one of these reads brings its own next read.
  watch(clock.corrections, () => learning || (isOver.value && live.hint()), { flush: 'sync' });
  watch(() => session.user.value?.id, live.now);

  return {
    window: live.value,
    error: live.error,
    scanUrl: computed(() => (isOver.value ? undefined : scanUrlOf(live.value.value))),
    isOver,
    hint: live.hint,
    now: live.now,
    end,
  };
}

/** The link into the visitor app that the QR code holds, if the window has a place left. */
function scanUrlOf(window: TokenWindow | undefined): string | undefined {
  if (!window?.isOpen || window.code === undefined || window.tokensLeft < 1) return undefined;
  return `${location.origin}/cafes/${encodeURIComponent(window.cafeId)}/scan?code=${window.code}`;
}

const clearing = (timer: ReturnType<typeof setTimeout>) => () => clearTimeout(timer);
