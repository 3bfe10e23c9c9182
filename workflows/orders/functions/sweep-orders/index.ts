import * as z from 'zod';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { sfn } from '#platform/clients/sfn.ts';
import { loadConfig } from '#platform/config.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { settings } from '../../config.ts';
import { SfnOrderManager } from '../../stores/order-manager.ts';
import { DynamoDbOrderStore } from '../../stores/order-store.ts';
import { sweepOrders } from './sweep-orders.ts';

const config = loadConfig({ TABLE_NAME: settings.name, ORDER_MANAGER_ARN: settings.name }, process.env);

export const handler = taskHandler(
  z.unknown(),
  sweepOrders({
    orders: new DynamoDbOrderStore(dynamodb(), config.TABLE_NAME),
    manager: new SfnOrderManager(sfn(), config.ORDER_MANAGER_ARN),
    now: () => new Date(),
  }),
);
