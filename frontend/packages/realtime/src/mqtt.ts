import type { MqttClient } from 'mqtt';
import { readonly, ref } from 'vue';
import type { Notification } from '#contracts/notifications.ts';
import { createCallbacks, createSubscriptions } from './subscriptions.ts';
import type { Realtime, RealtimeState } from './types.ts';

export interface MqttRealtimeOptions {
  /** `ws://` or `wss://`; the token goes into its query, because browsers cannot set headers on a WebSocket. */
  url: string;
  /** Put before each topic, `happy-path/<stage>`. */
  topicPrefix: string;
  /** The user's token, or nothing for a guest. */
  token: (options?: { refresh?: boolean }) => Promise<string | undefined>;
  /** Milliseconds before the first try to connect again; doubled for each further one. @default 1000 */
  firstDelay?: number;
  /** @default 60000 */
  longestDelay?: number;
}

/** CONNACK codes of MQTT 3.1.1 by which a server refuses the token. */
const REFUSED = new Set([4, 5]);

/**
 * The notification channel over MQTT on a WebSocket.
 *
 * Each connection is a new client with a fresh token and a clean session, subscribed again by us: nothing is
 * queued for a phone that sleeps, because everybody re-reads the API after `onReconnect`.
 */
export function createMqttRealtime(options: MqttRealtimeOptions): Realtime {
  const { firstDelay = 1000, longestDelay = 60_000 } = options;
  const state = ref<RealtimeState>('connecting');
  const up = createCallbacks();
  const path = (topic: string) => `${options.topicPrefix}/${topic}`;
  const subscriptions = createSubscriptions({
    first: (topic) => state.value === 'online' && client?.subscribe(path(topic)),
    last: (topic) => state.value === 'online' && client?.unsubscribe(path(topic)),
  });
  let client: MqttClient | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let refused = false;
  let closed = false;
  // Each attempt has a number: what an older one still reports is ignored.
  let current = 0;

  async function connect(): Promise<void> {
    const attempt = ++current;
    clearTimeout(timer);
    try {
      const [{ connect: open }, token] = await Promise.all([
        import('./mqtt-client.ts'),
        options.token(refused ? { refresh: true } : undefined),
      ]);
      if (attempt !== current || closed) return;
      listen(open(withToken(options.url, token)), attempt);
    } catch {
      lost(attempt);
    }
  }

  function listen(connection: MqttClient, attempt: number): void {
    client = connection;
    connection.on('connect', () => attempt === current && online(connection));
    connection.on('message', (topic, payload) => {
      const notification = parse(payload);
      if (attempt === current && notification) {
        subscriptions.deliver(topic.slice(options.topicPrefix.length + 1), notification);
      }
    });
    connection.on('error', (error) => {
      refused = 'code' in error && REFUSED.has(Number(error.code));
    });
    connection.on('close', () => lost(attempt));
  }

  function online(connection: MqttClient): void {
    failures = 0;
    refused = false;
    state.value = 'online';
    const topics = subscriptions.topics().map(path);
    if (topics.length > 0) connection.subscribe(topics);
    up.call();
  }

  function lost(attempt: number): void {
    if (attempt !== current || closed) return;
    drop();
    state.value = 'offline';
    // Without any network there is nothing to try; `wake` hears when it is back.
    if (!navigator.onLine) return;
    const delay = Math.min(longestDelay, firstDelay * 2 ** failures++);
    timer = setTimeout(connect, delay * (0.5 + Math.random() / 2));
  }

  function drop(): void {
    current++;
    clearTimeout(timer);
    client?.removeAllListeners();
    // A dying connection may still report an error; without a listener that would be an uncaught one.
    client?.on('error', () => {});
    client?.end(true);
    client = undefined;
  }

  function reconnect(): void {
    if (closed) return;
    drop();
    failures = 0;
    state.value = 'connecting';
    void connect();
  }

  /** Waiting for the next try makes no sense when the network or the person is just back. */
  function wake(): void {
    if (state.value === 'offline' && document.visibilityState === 'visible') reconnect();
  }

  globalThis.addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  void connect();

  return {
    state: readonly(state),
    subscribe: subscriptions.add,
    onReconnect: up.add,
    reconnect,
    close() {
      closed = true;
      globalThis.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      drop();
      state.value = 'offline';
    },
  };
}

function withToken(url: string, token: string | undefined): string {
  if (token === undefined) return url;
  return `${url}${url.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
}

/** A message that is not a notification is nobody's: it is dropped, the channel goes on. */
function parse(payload: Uint8Array): Notification | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(payload));
    return isNotification(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isNotification(value: unknown): value is Notification {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'data' in value &&
    typeof value.data === 'object' &&
    value.data !== null
  );
}
