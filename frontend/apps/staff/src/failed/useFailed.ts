import { ApiError, type PhotoView } from '@happy-path/api-client';
import { loadErrorOf, type PagedList, useLiveTopics, usePagedList, useServices } from '@happy-path/app';
import type { Notification } from '@happy-path/realtime';
import { type ComputedRef, computed, onScopeDispose, type Ref, shallowReadonly, shallowRef } from 'vue';
import { gathered } from '../composables/gathered.ts';
import { messages } from '../messages.ts';
import { createRun, type Run } from './run.ts';

/** Failed photos that have their reason in common. */
export interface FailedGroup {
  readonly reason: string;
  readonly photos: readonly PhotoView[];
}

export interface Failed extends PagedList<PhotoView> {
  readonly groups: ComputedRef<readonly FailedGroup[]>;
  /** How many of those read can be sent again, as far as one knows. */
  readonly count: ComputedRef<number>;
  /** Why single photos could not be sent again, by id. */
  readonly refusals: Readonly<Ref<ReadonlyMap<string, string>>>;
  /** Sends all again that can be, one after the other; those not read yet are read on the way. */
  readonly run: Run;
  retry(photoId: string): Promise<void>;
}

const PAGE = 50;
/** Answers that another try would not change: not allowed, gone, no original left. */
const SETTLED = [403, 404, 409];

/** The photos that a workflow gave up on, live, and the way to let them be done again. */
export function useFailed(): Failed {
  const { api, toasts } = useServices();
  const refusals = shallowRef<ReadonlyMap<string, string>>(new Map());
  const { edit, reread, ...list } = usePagedList<PhotoView>({
    source: () => 'FAILED',
    read: (cursor, signal) => api.searchPhotos({ status: 'FAILED', limit: PAGE, cursor }, { signal }),
    keyOf: (photo) => photo.photoId,
  });
  const open = computed(() => list.items.value.filter(({ photoId }) => !refusals.value.has(photoId)));
  const takeOff = (photoId: unknown) => edit((items) => items.filter((photo) => photo.photoId !== photoId));

  /** True when the photo is on its way, false when it never will be; rejects when nobody knows. */
  async function send(photoId: string): Promise<boolean> {
    try {
      await api.retryPhoto(photoId, crypto.randomUUID());
      takeOff(photoId);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || !SETTLED.includes(error.status)) throw error;
      refusals.value = new Map(refusals.value).set(photoId, error.message);
      return false;
    }
  }

  const complain = (error: unknown) =>
    toasts.show({ kind: 'attention', text: messages.retry.refused(loadErrorOf(error).message) });

  const run = createRun(
    async () => {
      if (open.value.length === 0 && !list.end.value) await list.loadMore();
      // A page that could not be read would be asked for without end.
      if (list.moreError.value) throw new Error(list.moreError.value.message);
      const [photo] = open.value;
      return photo && send(photo.photoId);
    },
    {
      onEnd: (done) => toasts.show({ kind: 'success', text: messages.failed.done(done) }),
      onProblem: complain,
    },
  );

  async function retry(photoId: string): Promise<void> {
    try {
      if (await send(photoId)) toasts.show({ kind: 'success', text: messages.retry.done });
    } catch (error) {
      complain(error);
    }
  }

  const again = gathered(reread);
  function hear({ type, data }: Notification): void {
    if (type === 'PhotoFailed') again();
    else takeOff(data.photoId);
  }
  useLiveTopics({ staff: true, onNotification: hear, onReconnect: again });
  onScopeDispose(run.stop);

  return {
    ...list,
    groups: computed(() => groupsOf(list.items.value)),
    count: computed(() => open.value.length),
    refusals: shallowReadonly(refusals),
    run,
    retry,
  };
}

/** By reason, in an order that stays while photos come and go. */
function groupsOf(photos: readonly PhotoView[]): FailedGroup[] {
  const reasons = [...new Set(photos.map(reasonOf))].sort();
  return reasons.map((reason) => ({
    reason,
    photos: photos.filter((photo) => reasonOf(photo) === reason),
  }));
}

const reasonOf = ({ reason }: PhotoView) => reason ?? 'OTHER';
