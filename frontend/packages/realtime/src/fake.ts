import { readonly, ref } from 'vue';
import type { Notification } from '#contracts/notifications.ts';
import { createCallbacks, createSubscriptions } from './subscriptions.ts';
import type { Realtime, RealtimeState } from './types.ts';

export interface FakeRealtime extends Realtime {
  /** Lets everybody who hears the topic hear this; type and data suffice. */
  emit(topic: string, notification: Partial<Notification> & Pick<Notification, 'type'>): void;
  setState(state: RealtimeState): void;
  /** The topics somebody hears at the moment. */
  topics(): string[];
}

/** The channel without a network, for tests of what listens to it. */
export function createFakeRealtime(): FakeRealtime {
  const state = ref<RealtimeState>('online');
  const up = createCallbacks();
  const subscriptions = createSubscriptions({ first: () => {}, last: () => {} });

  function setState(next: RealtimeState): void {
    const before = state.value;
    state.value = next;
    if (next === 'online' && before !== 'online') up.call();
  }

  return {
    state: readonly(state),
    subscribe: subscriptions.add,
    onReconnect: up.add,
    reconnect: () => {
      setState('connecting');
      setState('online');
    },
    close: () => setState('offline'),
    emit: (topic, notification) =>
      subscriptions.deliver(topic, {
        time: new Date().toISOString(),
        journeyId: '',
        data: {},
        ...notification,
      }),
    setState,
    topics: subscriptions.topics,
  };
}
