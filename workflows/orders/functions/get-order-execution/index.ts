import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { sfn } from '#platform/clients/sfn.ts';
import { loadConfig } from '#platform/config.ts';
import { readExecution } from '#platform/executions/read-execution.ts';
import { SfnExecutions } from '#platform/executions/sfn-executions.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { staffGroups } from '#platform/middleware/caller.ts';
import { settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { DynamoDbOrderStore } from '../../stores/order-store.ts';
import { getOrderExecution } from './get-order-execution.ts';

const config = loadConfig({ TABLE_NAME: settings.name, CONSOLE_URL: z.url().optional() }, process.env);

export const handler = apiHandler(
  { access: staffGroups, path: z.object({ orderId: ulidSchema }) },
  getOrderExecution({
    orders: new DynamoDbOrderStore(dynamodb(), config.TABLE_NAME),
    cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME),
    readExecution: readExecution({ executions: new SfnExecutions(sfn()), consoleUrl: config.CONSOLE_URL }),
  }),
);
