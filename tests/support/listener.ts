import { randomUUID } from 'node:crypto';
import { connectAsync } from 'mqtt';
import * as z from 'zod';
import { type Notification, notification } from '#contracts/notifications.ts';
import { waitUntil } from './wait-until.ts';

export interface Heard {
  readonly topic: string;
  readonly message: Notification;
}

const granted = z.array(z.object({ qos: z.number() }));

/** A connection to the notification channel, as a browser has it. */
export interface Listener extends AsyncDisposable {
  readonly heard: readonly Heard[];
  /** Answers whether the subscription was granted; a refusal may also end the connection, as on AWS. */
  subscribe(topic: string): Promise<boolean>;
  /** Answers whether the connection still stands after an attempt to publish. */
  publish(topic: string, payload: string): Promise<boolean>;
  /** Waits for a message of a type about a journey. */
  hears(type: string, journeyId: string): Promise<Heard>;
}

/** Connects to the channel, as a guest when there is no token. */
export async function listen(mqttUrl: string, prefix: string, token?: string): Promise<Listener> {
  const url = token === undefined ? mqttUrl : `${mqttUrl}?token=${encodeURIComponent(token)}`;
  const client = await connectAsync(url, {
    clientId: `happy-path-${randomUUID()}`,
    reconnectPeriod: 0,
    connectTimeout: 10_000,
  });
  const heard: Heard[] = [];
  client.on('error', () => undefined);
  client.on('message', (topic, payload) => {
    heard.push({ topic, message: notification.parse(JSON.parse(payload.toString('utf8'))) });
  });
  const closed = new Promise<false>((resolve) => client.once('close', () => resolve(false)));
  return {
    heard,
    subscribe: (topic) => {
      const answered = client.subscribeAsync(`${prefix}/${topic}`, { qos: 1 }).then(
        (grants) => granted.parse(grants).every(({ qos }) => qos < 128),
        () => false,
      );
      return Promise.race([answered, closed]);
    },
    publish: (topic, payload) => {
      const answered = client.publishAsync(`${prefix}/${topic}`, payload, { qos: 1 }).then(
        () => true,
        () => false,
      );
      return Promise.race([answered, closed]);
    },
    hears: (type, journeyId) =>
      waitUntil(
        `a message ${type} about ${journeyId}`,
        () => heard.find(({ message }) => message.type === type && message.journeyId === journeyId),
        { seen: () => heard },
      ),
    [Symbol.asyncDispose]: () => client.endAsync(true).then(() => undefined),
  };
}
