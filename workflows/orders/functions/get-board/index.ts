import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { DynamoDbOrderStore } from '../../stores/order-store.ts';
import { getBoard } from './get-board.ts';

const config = loadConfig({ TABLE_NAME: settings.name }, process.env);

export const handler = apiHandler(
  { access: 'anyone', path: z.object({ cafeId: ulidSchema }) },
  getBoard({
    cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME),
    orders: new DynamoDbOrderStore(dynamodb(), config.TABLE_NAME),
    now: () => new Date(),
  }),
);
