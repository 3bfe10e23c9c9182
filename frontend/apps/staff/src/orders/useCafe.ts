import { ApiError, type Cafe, type ChangeCafeRequest } from '@happy-path/api-client';
import { type Loadable, loadErrorOf, useLiveTopics, useLoad, useServices } from '@happy-path/app';
import { onScopeDispose, type Ref, readonly, ref, shallowReadonly, shallowRef } from 'vue';
import { gathered } from '../composables/gathered.ts';
import { messages } from './messages.ts';

/** What a barista or an admin changes; what is left out stays. */
export type CafeChange = Omit<ChangeCafeRequest, 'revision'>;

export type Changed =
  | { readonly done: true; readonly cafe: Cafe }
  | { readonly done: false; readonly why: string };

export interface UseCafe extends Loadable {
  readonly cafe: Readonly<Ref<Cafe | undefined>>;
  readonly changing: Readonly<Ref<boolean>>;
  /**
   * Changes the café upon the version that was shown. Where somebody else has changed something else meanwhile, both
   * hold; where it was the same thing, he was first, and the person is told how it stands now.
   */
  change(change: CafeChange, upon: Cafe): Promise<Changed>;
}

const POLL_MILLISECONDS = 30_000;

/** A café with its menu and capacity, live. */
export function useCafe(cafeId: string): UseCafe {
  const { api } = useServices();
  /** Newer than what was read, until it is read again. */
  const answer = shallowRef<Cafe>();
  const load = useLoad(
    () => cafeId,
    async (signal) => later(await api.orders.cafe(cafeId, { signal }), answer.value),
  );
  const gather = gathered(load.reread);
  useLiveTopics({ cafeId, onNotification: gather, onReconnect: gather });
  const poll = setInterval(() => document.visibilityState === 'visible' && gather(), POLL_MILLISECONDS);
  onScopeDispose(() => clearInterval(poll));

  const changing = ref(false);
  async function change(fields: CafeChange, upon: Cafe): Promise<Changed> {
    changing.value = true;
    try {
      const cafe = await send(fields, upon);
      answer.value = cafe;
      await load.refresh();
      return { done: true, cafe };
    } catch (error) {
      if (isConflict(error)) await load.refresh();
      const now = load.value.value;
      const why =
        isConflict(error) && now ? messages.cafe.stale(standing(fields, now)) : loadErrorOf(error).message;
      return { done: false, why };
    } finally {
      changing.value = false;
    }
  }

  async function send(fields: CafeChange, upon: Cafe): Promise<Cafe> {
    try {
      return await api.orders.changeCafe(cafeId, { ...fields, revision: upon.revision });
    } catch (error) {
      if (!isConflict(error)) throw error;
      const now = await api.orders.cafe(cafeId);
      if (!Object.keys(fields).every((name) => isSame(name, upon, now))) throw error;
      return api.orders.changeCafe(cafeId, { ...fields, revision: now.revision });
    }
  }

  return {
    cafe: shallowReadonly(load.value),
    changing: readonly(changing),
    change,
    state: load.state,
    error: load.error,
    refresh: load.refresh,
  };
}

const isConflict = (error: unknown) => error instanceof ApiError && error.status === 409;

/** An answer to a change is newer than a read that a cache or an earlier moment gave. */
const later = (read: Cafe, answer: Cafe | undefined): Cafe =>
  answer !== undefined && answer.revision > read.revision ? { ...read, ...answer } : read;

const isSame = (name: string, one: Cafe, other: Cafe) =>
  JSON.stringify(fieldOf(name, one)) === JSON.stringify(fieldOf(name, other));
const fieldOf = (name: string, cafe: Cafe) => Object.entries(cafe).find(([key]) => key === name)?.[1];

const standing = (fields: CafeChange, now: Cafe) =>
  fields.menu ? messages.cafe.menuChanged : messages.cafe.now(now.isOpen, now.capacity);
