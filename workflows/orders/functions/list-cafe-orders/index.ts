import * as z from 'zod';
import { listCafeOrdersQuery } from '#contracts/api/orders.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { cafeGroups } from '../../access.ts';
import { settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { DynamoDbOrderStore } from '../../stores/order-store.ts';
import { listCafeOrders } from './list-cafe-orders.ts';

const config = loadConfig({ TABLE_NAME: settings.name }, process.env);

export const handler = apiHandler(
  { access: cafeGroups, path: z.object({ cafeId: ulidSchema }), query: listCafeOrdersQuery },
  listCafeOrders({
    cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME),
    orders: new DynamoDbOrderStore(dynamodb(), config.TABLE_NAME),
  }),
);
