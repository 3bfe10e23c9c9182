import { type ApiClient, createApiClient } from '@happy-path/api-client';
import { createMqttRealtime, type Realtime } from '@happy-path/realtime';
import { createSession, type Session } from '@happy-path/session';
import { type App, type InjectionKey, inject, watch } from 'vue';
import type { FrontendConfig } from '#contracts/api/frontend-config.ts';
import { loadConfig } from './config.ts';
import { createNetwork, type Network } from './network.ts';
import { createToasts, type Toasts } from './toasts.ts';

/** What an app stands on, made once at start and given to every component by injection. */
export interface Services {
  config: FrontendConfig;
  session: Session;
  api: ApiClient;
  realtime: Realtime;
  network: Network;
  toasts: Toasts;
}

export const servicesKey: InjectionKey<Services> = Symbol('services');

/**
 * Makes everything an app stands on; rejects only when the stage's configuration was never seen.
 *
 * @param base - path that the app is served under, with a slash at both ends
 */
export async function createServices(base = '/'): Promise<Services> {
  const config = await loadConfig();
  const session = createSession(config.oidc, { base });
  const network = createNetwork();
  const toasts = createToasts();
  const api = createApiClient({
    baseUrl: config.apiBase,
    ordersBaseUrl: config.ordersBase,
    accessToken: session.accessToken,
    onReach: network.report,
  });
  // The kept sign-in first, or each visit would connect as a guest and at once again as the user.
  await session.ready;
  const realtime = createMqttRealtime({
    url: config.mqttUrl,
    topicPrefix: config.topicPrefix,
    token: session.accessToken,
  });
  // At once: on the old connection the topic of the new user would be refused.
  watch(
    () => session.user.value?.id,
    () => realtime.reconnect(),
    { flush: 'sync' },
  );
  watch(realtime.state, (state) => state === 'online' && network.report(true));
  return { config, session, api, realtime, network, toasts };
}

/** Gives the services to an app. */
export function provideServices(app: App, services: Services): void {
  app.provide(servicesKey, services);
}

/** The services, inside a component's setup. */
export function useServices(): Services {
  const services = inject(servicesKey);
  if (!services) throw new Error('Expected provideServices(app, services) before mount, got no services');
  return services;
}
