import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { preOrderOf, preOrderSettings, settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { getCafe } from './get-cafe.ts';

const config = loadConfig({ TABLE_NAME: settings.name, ...preOrderSettings }, process.env);

export const handler = apiHandler(
  { access: 'anyone', path: z.object({ cafeId: ulidSchema }) },
  getCafe({
    cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME),
    preOrder: preOrderOf(config),
  }),
);
