import * as z from 'zod';
import { changeCafeRequest } from '#contracts/api/orders.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { cafeGroups } from '../../access.ts';
import { preOrderOf, preOrderSettings, settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { changeCafe } from './change-cafe.ts';

const config = loadConfig({ TABLE_NAME: settings.name, ...preOrderSettings }, process.env);

export const handler = apiHandler(
  { access: cafeGroups, path: z.object({ cafeId: ulidSchema }), body: changeCafeRequest },
  changeCafe({
    cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME),
    preOrder: preOrderOf(config),
    now: () => new Date(),
  }),
);
