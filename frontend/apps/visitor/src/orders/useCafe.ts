import type { Cafe } from '@happy-path/api-client';
import { type Loadable, useLiveTopics, useLoad, useServices } from '@happy-path/app';
import { type MaybeRefOrGetter, type Ref, toValue } from 'vue';

export interface UseCafe extends Loadable {
  readonly cafe: Readonly<Ref<Cafe | undefined>>;
}

/** A café that takes orders: whether it is open and what it sells, also when that changes while one looks. */
export function useCafe(cafeId: MaybeRefOrGetter<string | undefined>): UseCafe {
  const { api } = useServices();
  const id = () => toValue(cafeId);
  const { value, state, error, refresh, reread } = useLoad(id, async (signal): Promise<Cafe | undefined> => {
    const wanted = id();
    return wanted === undefined ? undefined : api.orders.cafe(wanted, { signal });
  });
  useLiveTopics({
    cafeId,
    onNotification: ({ type }) => type === 'ConfigChanged' && void reread(),
    onReconnect: reread,
  });
  return { cafe: value, state, error, refresh };
}
