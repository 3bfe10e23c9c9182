import mqtt, { type MqttClient } from 'mqtt';

/** Opens one connection that never repairs itself; a module of its own, so that the library loads after the app. */
export function connect(url: string): MqttClient {
  return mqtt.connect(url, {
    // The server admits no other prefix.
    clientId: `happy-path-web-${crypto.randomUUID()}`,
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: 15_000,
    keepalive: 45,
    // Nothing is published from here, and subscriptions are made again by the channel itself.
    resubscribe: false,
    queueQoSZero: false,
  });
}
