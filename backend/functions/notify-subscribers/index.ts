import * as z from 'zod';
import { busEvent } from '#contracts/events/envelope.ts';
import { iot } from '#platform/clients/iot.ts';
import { loadConfig } from '#platform/config.ts';
import { queueHandler } from '#platform/middleware/records.ts';
import { IotChannel } from './iot-channel.ts';
import { notifySubscribers } from './notify-subscribers.ts';

const config = loadConfig(
  { TOPIC_PREFIX: z.string().min(1), IOT_ENDPOINT: z.string().optional() },
  process.env,
);

export const handler = queueHandler(
  busEvent,
  notifySubscribers({ channel: new IotChannel(iot(config.IOT_ENDPOINT), config.TOPIC_PREFIX) }),
);
