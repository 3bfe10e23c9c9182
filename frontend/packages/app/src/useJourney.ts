import type { Journey } from '@happy-path/api-client';
import { type ComputedRef, computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue';
import { type Station, stationsOf } from './journey-stations.ts';
import { useServices } from './services.ts';
import type { Loadable } from './types.ts';
import { useLiveTopics } from './useLiveTopics.ts';
import { useLoad } from './useLoad.ts';

export interface UseJourney extends Loadable {
  readonly journey: Readonly<Ref<Journey | undefined>>;
  readonly stations: ComputedRef<Station[]>;
  /** The workflow version that made the photo, once one was chosen. */
  readonly workflow: ComputedRef<string | undefined>;
}

export interface UseJourneyOptions {
  staff?: boolean;
  /** Hears what the whole café hears, where the journey is an order of it. */
  cafeId?: MaybeRefOrGetter<string | undefined>;
}

/** What happened to one photo or order so far, event by event and, for a photo, as a line of stations; grows while one looks. */
export function useJourney(
  journeyId: MaybeRefOrGetter<string>,
  { staff = false, cafeId }: UseJourneyOptions = {},
): UseJourney {
  const { api, session } = useServices();
  const { value, state, error, refresh, reread } = useLoad(
    () => [toValue(journeyId), session.user.value?.id].join(),
    (signal) => api.getJourney(toValue(journeyId), { signal }),
  );
  useLiveTopics({
    own: true,
    staff,
    ...(cafeId !== undefined && { cafeId }),
    onNotification: (notification) => notification.journeyId === toValue(journeyId) && void refresh(),
    onReconnect: reread,
  });
  return {
    journey: value,
    stations: computed(() => stationsOf(value.value?.events ?? [])),
    workflow: computed(() => value.value?.events.map(workflowOf).findLast((name) => name !== undefined)),
    state,
    error,
    refresh,
  };
}

function workflowOf({ data }: Journey['events'][number]): string | undefined {
  return typeof data.workflow === 'string' ? data.workflow : undefined;
}
