import { messages } from '../messages.ts';
import type { Delivery } from './deliver.ts';
import type { Entries, Entry, Surroundings } from './entries.ts';
import type { SendOptions } from './send-form.ts';

export interface QueueOptions {
  entries: Entries;
  surroundings: () => Surroundings;
  /** One try; `gone` when another tab has finished this upload meanwhile. */
  send: (entry: Entry, options: SendOptions) => Promise<Delivery | { kind: 'gone' }>;
  /** Hears how each try ended, after the entry shows it. */
  onEnd: (id: string, delivery: Delivery) => void;
  now?: () => number;
}

/** Two at once fill a phone's uplink, more only make each later. */
const MOST_AT_ONCE = 2;
const MOST_TRIES = 6;
const LONGEST_DELAY = 60_000;

const backoff = (tries: number) => Math.min(LONGEST_DELAY, 2000 * 2 ** tries) * (0.75 + Math.random() / 4);

/** Decides which upload goes when; what cannot go now goes later by itself. */
export function createQueue({ entries, surroundings, send, onEnd, now = Date.now }: QueueOptions) {
  const running = new Map<string, AbortController>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts what may start, and wakes up for the next one that waits for its time only. */
  function pump(): void {
    clearTimeout(timer);
    const { online } = surroundings();
    // Without reception one goes ahead to find out whether it is back.
    const slots = online ? MOST_AT_ONCE : 1;
    const able = entries.all().filter(isAble);
    for (const entry of able) {
      if (running.size < slots && entry.notBefore <= now()) void run(entry);
    }
    const next = Math.min(...able.map(({ notBefore }) => notBefore).filter((time) => time > now()));
    if (Number.isFinite(next)) timer = setTimeout(pump, next - now());
  }

  function isAble({ id, status, record, ownerId }: Entry): boolean {
    const { userId } = surroundings();
    const mine = userId !== undefined && (ownerId === undefined || ownerId === userId);
    return mine && status === 'waiting' && record !== undefined && !running.has(id);
  }

  async function run(entry: Entry): Promise<void> {
    const { id } = entry;
    const controller = new AbortController();
    running.set(id, controller);
    entries.patch(id, { status: 'uploading', progress: 0 });
    const onProgress = (progress: number) => entries.patch(id, { progress });
    try {
      const end = await send(entry, { signal: controller.signal, onProgress });
      if (controller.signal.aborted) return;
      if (end.kind === 'gone') return entries.remove(id);
      entries.patch(id, changeOf(end, entry, now()));
      onEnd(id, end);
    } catch (error) {
      if (controller.signal.aborted) return;
      // Not an answer of the server but a bug here, which must be seen in the console too.
      console.error(error);
      entries.patch(id, { status: 'failed', reason: 'UNEXPECTED', message: messages.errors.unexpected });
    } finally {
      running.delete(id);
      pump();
    }
  }

  return {
    pump,
    /** Reception is back or somebody looks: what waits need not wait for its time. */
    hurry(): void {
      for (const { id, status } of entries.all()) {
        if (status === 'waiting') entries.patch(id, { notBefore: 0, cutOff: false });
      }
      pump();
    },
    abort(id: string): void {
      running.get(id)?.abort();
    },
  };
}

function changeOf(end: Delivery, { tries }: Entry, now: number): Partial<Entry> {
  const later = {
    status: 'waiting',
    progress: 0,
    tries: tries + 1,
    notBefore: now + backoff(tries),
  } as const;
  switch (end.kind) {
    case 'sent':
      return { status: 'processing', progress: 1, tries: 0, cutOff: false };
    case 'no-reception':
      return { ...later, cutOff: true };
    case 'failed':
      return { status: 'failed', reason: end.reason, message: end.message };
    default:
      if (tries < MOST_TRIES) return later;
      return { status: 'failed', reason: 'INTERRUPTED', message: messages.uploads.interrupted };
  }
}
