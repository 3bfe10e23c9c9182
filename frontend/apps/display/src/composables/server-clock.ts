import { type Ref, readonly, ref } from 'vue';

/** What an answer tells of the server's clock: it stood in `[from, before)` when the answer was made. All in milliseconds. */
export interface ClockSighting {
  /** This device's clock when the question was sent. */
  asked: number;
  /** This device's clock when the answer was there. */
  answered: number;
  from: number;
  before: number;
}

/** The server's time on a device whose own clock may be wrong. */
export interface ServerClock {
  /** Milliseconds since 1970, as the server counts them. */
  now(): number;
  learn(sighting: ClockSighting): void;
  /** Counts how often the clock was put right. */
  readonly corrections: Readonly<Ref<number>>;
}

/**
 * Starts from the device's clock and moves it by no more than each sighting demands, so that a clock which is right
 * stays untouched and a wrong one is right to the width of the narrowest sighting.
 */
export function createServerClock(device: () => number = Date.now): ServerClock {
  let ahead = 0;
  const corrections = ref(0);

  return {
    now: () => device() + ahead,
    learn({ asked, answered, from, before }) {
      const needed = Math.max(from - answered, Math.min(ahead, before - asked));
      if (needed === ahead) return;
      ahead = needed;
      corrections.value++;
    },
    corrections: readonly(corrections),
  };
}

/** The sighting that an answer's `Date` header is: whole seconds, older by `Age` where a cache held the answer. */
export function dateSighting(
  headers: Headers,
  moments: Pick<ClockSighting, 'asked' | 'answered'>,
): ClockSighting | undefined {
  const made = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(made)) return undefined;
  const age = Number(headers.get('age') ?? 0);
  return {
    ...moments,
    from: made + age * 1000,
    before: made + (age + 1) * 1000 + (age > 0 ? 1000 : 0),
  };
}
