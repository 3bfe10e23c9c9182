import { ApiError, OfflineError } from '@happy-path/api-client';
import { loadErrorOf, useServices } from '@happy-path/app';
import { computed, type Ref, readonly, ref, shallowReadonly, shallowRef } from 'vue';
import { createScanIntents, type ScanIntent } from './scan-intent.ts';

/** Why a scan gave no order. After `offline` and `failed` the same scan may be sent again, else a new code is needed. */
export interface Refusal {
  readonly kind: 'unknown' | 'old' | 'taken' | 'closed' | 'offline' | 'failed';
  readonly message: string;
  /** When the next places are given out, in milliseconds. */
  readonly nextAt?: number;
}

export interface UseScan {
  readonly busy: Readonly<Ref<boolean>>;
  readonly refusal: Readonly<Ref<Refusal | undefined>>;
  /** The code that is being used, or waits for its guest to sign in. */
  readonly intent: Readonly<Ref<ScanIntent | undefined>>;
  readonly needsSignIn: Readonly<Ref<boolean>>;
  /** Uses a code. */
  use(cafeId: string, code: string): Promise<void>;
  /** Goes on with the code of before a sign-in, a reload or a lost connection. */
  resume(): Promise<void>;
  /** Forgets the code, so that another can be scanned. */
  clear(): void;
}

/**
 * Turns the code of a café's display into an order, once.
 *
 * @param onOrder - goes to the order, which may be one that was running before
 */
export function useScan(onOrder: (orderId: string, wasRunning: boolean) => void): UseScan {
  const { api, session } = useServices();
  const intents = createScanIntents();
  const intent = shallowRef(intents.kept());
  const busy = ref(false);
  const refusal = shallowRef<Refusal>();
  // The camera sees the code until its page is left.
  let used = false;

  function clear(): void {
    intents.end();
    intent.value = undefined;
    refusal.value = undefined;
  }

  function go(orderId: string, wasRunning: boolean): void {
    intents.end();
    used = true;
    onOrder(orderId, wasRunning);
  }

  async function send({ cafeId, code, scanId }: ScanIntent): Promise<void> {
    busy.value = true;
    refusal.value = undefined;
    try {
      const { orderId } = await api.orders.scan(cafeId, { code, scanId });
      go(orderId, false);
    } catch (error) {
      const running = runningOrderOf(error);
      if (running !== undefined) return go(running, true);
      refusal.value = refusalOf(error);
      if (!mayRepeat(refusal.value)) intents.end();
    } finally {
      busy.value = false;
    }
  }

  async function resume(): Promise<void> {
    if (intent.value && session.user.value && !busy.value) await send(intent.value);
  }

  return {
    busy: readonly(busy),
    refusal: shallowReadonly(refusal),
    intent: shallowReadonly(intent),
    needsSignIn: computed(() => intent.value !== undefined && !session.user.value),
    async use(cafeId, code) {
      if (busy.value || used) return;
      intent.value = intents.begin(cafeId, code);
      await resume();
    },
    resume,
    clear,
  };
}

export const mayRepeat = ({ kind }: Refusal): boolean => kind === 'offline' || kind === 'failed';

/** One order at a time: the refusal of a second names the one that runs. */
export function runningOrderOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined;
  return error.details?.find(({ path }) => path === 'orderId')?.message;
}

const kinds: Record<number, Refusal['kind']> = {
  400: 'unknown',
  404: 'unknown',
  409: 'closed',
  410: 'old',
  429: 'taken',
};

function refusalOf(error: unknown): Refusal {
  const { message } = loadErrorOf(error);
  if (error instanceof OfflineError) return { kind: 'offline', message };
  const kind = error instanceof ApiError ? kinds[error.status] : undefined;
  const wait = kind === 'taken' && error instanceof ApiError ? error.retryAfter : undefined;
  return {
    kind: kind ?? 'failed',
    message,
    ...(wait !== undefined && { nextAt: Date.now() + wait * 1000 }),
  };
}
