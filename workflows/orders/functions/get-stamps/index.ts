import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { settings } from '../../config.ts';
import { DynamoDbOrderStore } from '../../stores/order-store.ts';
import { getStamps } from './get-stamps.ts';

const config = loadConfig({ TABLE_NAME: settings.name }, process.env);

export const handler = apiHandler(
  { access: 'user' },
  getStamps({ orders: new DynamoDbOrderStore(dynamodb(), config.TABLE_NAME) }),
);
