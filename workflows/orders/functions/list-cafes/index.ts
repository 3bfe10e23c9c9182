import { dynamodb } from '#platform/clients/dynamodb.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { listCafes } from './list-cafes.ts';

const config = loadConfig({ TABLE_NAME: settings.name }, process.env);

export const handler = apiHandler(
  { access: 'anyone' },
  listCafes({ cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME) }),
);
