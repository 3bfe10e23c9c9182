import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { cafeGroups } from '../../access.ts';
import { settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { DynamoDbWindowStore } from '../../stores/window-store.ts';
import { newSecret } from './new-secret.ts';
import { showWindow } from './show-window.ts';

const config = loadConfig(
  { TABLE_NAME: settings.name, WINDOW_SECONDS: settings.count, TOKENS_PER_WINDOW: settings.count },
  process.env,
);

export const handler = apiHandler(
  { access: cafeGroups, path: z.object({ cafeId: ulidSchema }) },
  showWindow({
    cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME),
    windows: new DynamoDbWindowStore(dynamodb(), config.TABLE_NAME),
    plan: { windowSeconds: config.WINDOW_SECONDS, tokens: config.TOKENS_PER_WINDOW },
    newSecret,
    now: () => new Date(),
  }),
);
