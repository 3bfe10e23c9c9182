import * as z from 'zod';
import { ulidSchema } from '#contracts/ids.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { settings } from '../../config.ts';
import { DynamoDbCafeStore } from '../../stores/cafe-store.ts';
import { DynamoDbOrderStore } from '../../stores/order-store.ts';
import { S3ReceiptStore } from '../../stores/receipt-store.ts';
import { getReceipt } from './get-receipt.ts';

const config = loadConfig({ TABLE_NAME: settings.name, RECEIPT_BUCKET: settings.name }, process.env);

export const handler = apiHandler(
  { access: 'user', path: z.object({ orderId: ulidSchema }) },
  getReceipt({
    orders: new DynamoDbOrderStore(dynamodb(), config.TABLE_NAME),
    cafes: new DynamoDbCafeStore(dynamodb(), config.TABLE_NAME),
    receipts: new S3ReceiptStore(s3(), config.RECEIPT_BUCKET),
    now: () => new Date(),
  }),
);
