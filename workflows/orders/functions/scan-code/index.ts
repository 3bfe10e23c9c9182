import { ulid } from 'ulid';
import * as z from 'zod';
import { scanRequest } from '#contracts/api/orders.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { sfn } from '#platform/clients/sfn.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { dynamodbIdempotency } from '#platform/middleware/idempotency.ts';
import { settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { SfnOrderManager } from '../../stores/order-manager.ts';
import { DynamoDbOrderStore } from '../../stores/order-store.ts';
import { DynamoDbWindowStore } from '../../stores/window-store.ts';
import { scanCode } from './scan-code.ts';

const config = loadConfig(
  {
    TABLE_NAME: settings.name,
    IDEMPOTENCY_TABLE: settings.name,
    ORDER_MANAGER_ARN: settings.name,
    WINDOW_SECONDS: settings.count,
  },
  process.env,
);

export const handler = apiHandler(
  {
    access: 'user',
    path: z.object({ cafeId: ulidSchema }),
    body: scanRequest,
    status: 201,
    idempotency: dynamodbIdempotency(config.IDEMPOTENCY_TABLE, 24 * 60 * 60),
  },
  scanCode({
    cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME),
    windows: new DynamoDbWindowStore(dynamodb(), config.TABLE_NAME),
    orders: new DynamoDbOrderStore(dynamodb(), config.TABLE_NAME),
    manager: new SfnOrderManager(sfn(), config.ORDER_MANAGER_ARN),
    windowSeconds: config.WINDOW_SECONDS,
    newId: () => ulid(),
    now: () => new Date(),
  }),
);
