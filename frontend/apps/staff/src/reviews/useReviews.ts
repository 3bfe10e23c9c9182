import { ApiError, type DecideReviewRequest, type Review } from '@happy-path/api-client';
import {
  type Loadable,
  type LoadState,
  loadErrorOf,
  useLiveTopics,
  usePagedList,
  useServices,
} from '@happy-path/app';
import type { Notification } from '@happy-path/realtime';
import { useNow } from '@happy-path/ui';
import {
  type ComputedRef,
  computed,
  type InjectionKey,
  inject,
  onScopeDispose,
  ref,
  shallowRef,
  watch,
} from 'vue';
import { gathered } from '../composables/gathered.ts';
import { messages } from '../messages.ts';
import { useRoles } from '../roles.ts';

export interface Reviews extends Loadable {
  /** What still waits for a decision, longest first. */
  readonly waiting: ComputedRef<readonly Review[]>;
  /** More wait than were read. */
  readonly more: ComputedRef<boolean>;
  readonly index: ComputedRef<number>;
  readonly current: ComputedRef<Review | undefined>;
  /** What was decided last, in words. */
  readonly said: Readonly<{ value: string }>;
  /** Goes on or back by some photos and stops at either end. */
  move(steps: number): void;
  /** Takes the photo off the queue at once; puts it back when the decision could not be sent. */
  decide(review: Review, decision: DecideReviewRequest): Promise<void>;
}

export const reviewsKey: InjectionKey<Reviews> = Symbol('reviews');

const PAGE = 50;
/** For the message that never comes. */
const POLL_MILLISECONDS = 30_000;
/** A link to a picture is used as long as it is good for this long, so that a new one does not load it again. */
const MARGIN_MILLISECONDS = 60_000;

/** A photo may come back after a retry, which is another question. */
const keyOf = ({ photoId, requestedAt }: Review) => `${photoId} ${requestedAt}`;

/** The photos that wait for a ranger, live; whoever is not one has none. */
export function useReviews(): Reviews {
  const { api, session, toasts } = useServices();
  const { photos: mayDecide } = useRoles();
  const now = useNow();
  const decided = shallowRef<ReadonlySet<string>>(new Set());
  const said = ref('');
  /** The same decision sent again after a lost answer is the same request. */
  const requestKeys = new Map<string, string>();

  const list = usePagedList<Review>({
    source: () => (mayDecide.value ? session.user.value?.id : undefined),
    read: async (cursor, signal) => {
      if (!mayDecide.value) return { items: [] };
      const page = await api.listReviews({ limit: PAGE, cursor }, { signal });
      return { ...page, items: page.items.map(withKnownPicture) };
    },
    keyOf,
  });

  const waiting = computed(() =>
    list.items.value.filter(
      (review) => !decided.value.has(keyOf(review)) && Date.parse(review.reviewBy) > now.value,
    ),
  );
  const { index, current, move } = useCursor(waiting);

  function withKnownPicture(review: Review): Review {
    const known = list.items.value.find((one) => keyOf(one) === keyOf(review))?.picture;
    const good = known && Date.parse(known.expiresAt) - Date.now() > MARGIN_MILLISECONDS;
    return good ? { ...review, picture: known } : review;
  }

  function mark(review: Review, isDecided: boolean): void {
    const next = new Set(decided.value);
    if (isDecided) next.add(keyOf(review));
    else next.delete(keyOf(review));
    decided.value = next;
  }

  async function decide(review: Review, decision: DecideReviewRequest): Promise<void> {
    const name = JSON.stringify([keyOf(review), decision]);
    const requestKey = requestKeys.get(name) ?? crypto.randomUUID();
    requestKeys.set(name, requestKey);
    mark(review, true);
    try {
      await api.decideReview(review.photoId, decision, requestKey);
      said.value =
        decision.decision === 'approve'
          ? messages.review.approved
          : messages.review.rejected(messages.review.reasons[decision.reason]);
    } catch (error) {
      const settled = error instanceof ApiError && (error.status === 404 || error.status === 409);
      const { message } = loadErrorOf(error);
      if (!settled) mark(review, false);
      toasts.show({
        kind: settled ? 'info' : 'attention',
        text: settled ? message : messages.review.notDecided(message),
      });
    }
  }

  const gather = gathered(list.reread);
  function hear({ type, data }: Notification): void {
    if (type === 'PhotoReviewRequested') gather();
    else list.edit((items) => items.filter(({ photoId }) => photoId !== data.photoId));
  }

  useLiveTopics({ staff: true, onNotification: hear, onReconnect: gather });
  const poll = setInterval(() => document.visibilityState === 'visible' && gather(), POLL_MILLISECONDS);
  onScopeDispose(() => clearInterval(poll));

  return {
    waiting,
    more: computed(() => !list.end.value),
    index,
    current,
    said,
    move,
    decide,
    state: computed<LoadState>(() =>
      list.state.value === 'ready' && waiting.value.length === 0 ? 'empty' : list.state.value,
    ),
    error: list.error,
    refresh: list.refresh,
  };
}

/** The queue of the app, inside a view. */
export function useReviewQueue(): Reviews {
  const reviews = inject(reviewsKey);
  if (!reviews) throw new Error('Expected the review queue from the shell, got none');
  return reviews;
}

/** Where one stands in a list that changes: stays on its photo, and on its place once that photo has gone. */
function useCursor(waiting: ComputedRef<readonly Review[]>) {
  const stand = shallowRef<{ key: string; index: number }>();
  const index = computed(() => {
    const found = waiting.value.findIndex((review) => keyOf(review) === stand.value?.key);
    if (found >= 0) return found;
    return Math.max(0, Math.min(stand.value?.index ?? 0, waiting.value.length - 1));
  });
  const current = computed(() => waiting.value[index.value]);
  // Kept up to date, because photos before it leave the list, too.
  watch([current, index], ([review, at]) => {
    if (review) stand.value = { key: keyOf(review), index: at };
  });
  function move(steps: number): void {
    const next = Math.max(0, Math.min(index.value + steps, waiting.value.length - 1));
    const review = waiting.value[next];
    if (review) stand.value = { key: keyOf(review), index: next };
  }
  return { index, current, move };
}
