import { type IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import type { Notification } from '#contracts/notifications.ts';
import type { NotificationChannel } from './notify-subscribers.ts';

/** MQTT topics of AWS IoT Core, at least once. */
export class IotChannel implements NotificationChannel {
  readonly #client: IoTDataPlaneClient;
  readonly #prefix: string;

  constructor(client: IoTDataPlaneClient, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  async publish(topic: string, notification: Notification): Promise<void> {
    await this.#client.send(
      new PublishCommand({
        topic: `${this.#prefix}/${topic}`,
        qos: 1,
        payload: Buffer.from(JSON.stringify(notification)),
      }),
    );
  }
}
