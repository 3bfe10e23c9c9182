import { onScopeDispose, type Ref, shallowReadonly, shallowRef } from 'vue';

/** Something that was done on the screen, and is not yet settled with the server. */
export interface OpenAction<Action> {
  readonly id: number;
  /** What it is done to: actions with one key are sent one after the other. */
  readonly key: string;
  readonly action: Action;
  /** Until when it can be taken back, in milliseconds since 1970; absent once it was sent. */
  readonly sendAt?: number;
}

export interface UndoOptions<Action> {
  /** Sends an action and never rejects; `false` when it was refused, then what was done upon it is dropped. */
  send(action: Action): Promise<boolean>;
}

export interface Undo<Action> {
  /** In the order in which they were done. */
  readonly open: Readonly<Ref<readonly OpenAction<Action>[]>>;
  /** Does something; it is sent after five seconds, or at `latest` if that is sooner. */
  add(key: string, action: Action, latest?: number): void;
  undo(id: number): void;
}

export const UNDO_MILLISECONDS = 5000;

/** Lets actions be taken back within five seconds; whoever leaves the page sends what is pending. */
export function useUndo<Action>({ send }: UndoOptions<Action>): Undo<Action> {
  const open = shallowRef<readonly OpenAction<Action>[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  /** The last action sent for each key, until it is answered. */
  const sent = new Map<string, Promise<boolean>>();
  let last = 0;

  const pending = () => open.value.filter(({ sendAt }) => sendAt !== undefined);
  const remove = (id: number) => {
    open.value = open.value.filter((one) => one.id !== id);
  };

  function commit({ id, key, action }: OpenAction<Action>): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    open.value = open.value.map((one) => (one.id === id ? { id, key, action } : one));
    const before = sent.get(key);
    // At once, when nothing is before it: a page that is being left does not wait for a promise.
    const answer = before ? before.then((accepted) => accepted && send(action)) : send(action);
    sent.set(key, answer);
    void answer.then((accepted) => {
      remove(id);
      if (sent.get(key) === answer) sent.delete(key);
      if (!accepted) for (const one of pending()) if (one.key === key) undo(one.id);
    });
  }

  function add(key: string, action: Action, latest = Number.POSITIVE_INFINITY): void {
    // Whoever goes on with a thing is sure of what was done to it before.
    for (const one of pending()) if (one.key === key) commit(one);
    const id = ++last;
    const now = Date.now();
    const sendAt = Math.max(now, Math.min(now + UNDO_MILLISECONDS, latest));
    const added = { id, key, action, sendAt };
    open.value = [...open.value, added];
    timers.set(
      id,
      setTimeout(() => commit(added), sendAt - now),
    );
  }

  function undo(id: number): void {
    if (!timers.has(id)) return;
    clearTimeout(timers.get(id));
    timers.delete(id);
    remove(id);
  }

  const flush = () => pending().forEach(commit);
  // A page in the background may be ended without a further word.
  const onHidden = () => document.visibilityState === 'hidden' && flush();
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', onHidden);
  onScopeDispose(() => {
    flush();
    removeEventListener('pagehide', flush);
    document.removeEventListener('visibilitychange', onHidden);
  });

  return { open: shallowReadonly(open), add, undo };
}
