import type { ApiClient, OrdersClient } from '@happy-path/api-client';
import { createFakeRealtime, type FakeRealtime } from '@happy-path/realtime';
import type { SessionUser } from '@happy-path/session';
import { type Mock, vi } from 'vitest';
import { computed, createApp, type Ref, ref, shallowRef } from 'vue';
import type { Network } from './network.ts';
import { type Services, servicesKey } from './services.ts';
import { createToasts, type Toasts } from './toasts.ts';

export * from './samples.testing.ts';

type FakeApi = { [Method in Exclude<keyof ApiClient, 'orders'>]: Mock<ApiClient[Method]> } & {
  orders: { [Method in keyof OrdersClient]: Mock<OrdersClient[Method]> };
};

export interface Stage {
  api: FakeApi;
  realtime: FakeRealtime;
  user: Ref<SessionUser | undefined>;
  toasts: Toasts;
  /** Takes reception away and gives it back. */
  setOnline(online: boolean): void;
}

/** Runs a composable inside a component, with services that a test plays. */
export function onStage<Result>(prepare: (stage: Stage) => void, use: () => Result) {
  const user = shallowRef<SessionUser>();
  const { network, setOnline } = createFakeNetwork();
  const toasts = createToasts();
  const stage: Stage = { api: createFakeApi(), realtime: createFakeRealtime(), user, toasts, setOnline };
  prepare(stage);
  const services = {
    api: stage.api,
    realtime: stage.realtime,
    network,
    session: { user },
    toasts,
  };

  let result: Result | undefined;
  const app = createApp({
    setup() {
      result = use();
      return () => null;
    },
  });
  // A composable under test touches no more of the services than these.
  app.provide(servicesKey, services as unknown as Services);
  app.mount(document.createElement('div'));
  if (result === undefined) throw new Error('Expected the composable to return something');
  return { ...stage, result, unmount: () => app.unmount() };
}

function createFakeApi(): FakeApi {
  const unexpected = (name: string) => vi.fn(() => Promise.reject(new Error(`Expected no call of ${name}`)));
  return {
    listPlaces: unexpected('listPlaces'),
    getPlace: unexpected('getPlace'),
    listPlacePhotos: unexpected('listPlacePhotos'),
    requestUpload: unexpected('requestUpload'),
    getPhoto: unexpected('getPhoto'),
    deletePhoto: unexpected('deletePhoto'),
    listMyPhotos: unexpected('listMyPhotos'),
    getJourney: unexpected('getJourney'),
    retryPhoto: unexpected('retryPhoto'),
    searchPhotos: unexpected('searchPhotos'),
    listReviews: unexpected('listReviews'),
    decideReview: unexpected('decideReview'),
    getWorkflows: unexpected('getWorkflows'),
    changeRouting: unexpected('changeRouting'),
    getExecution: unexpected('getExecution'),
    orders: {
      cafes: unexpected('orders.cafes'),
      cafe: unexpected('orders.cafe'),
      board: unexpected('orders.board'),
      scan: unexpected('orders.scan'),
      preOrder: unexpected('orders.preOrder'),
      mine: unexpected('orders.mine'),
      stamps: unexpected('orders.stamps'),
      order: unexpected('orders.order'),
      place: unexpected('orders.place'),
      decide: unexpected('orders.decide'),
      receipt: unexpected('orders.receipt'),
      changeCafe: unexpected('orders.changeCafe'),
      window: unexpected('orders.window'),
      cafeOrders: unexpected('orders.cafeOrders'),
      execution: unexpected('orders.execution'),
    },
  };
}

function createFakeNetwork(): { network: Network; setOnline: (online: boolean) => void } {
  const online = ref(true);
  const callbacks = new Set<() => void>();
  return {
    network: {
      online: computed(() => online.value),
      report: () => {},
      onBack: (callback) => {
        callbacks.add(callback);
        return () => callbacks.delete(callback);
      },
    },
    setOnline(value) {
      online.value = value;
      if (value) for (const callback of callbacks) callback();
    },
  };
}
