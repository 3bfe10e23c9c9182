import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { settings } from '../../config.ts';
import { S3ReceiptStore } from '../../stores/receipt-store.ts';
import { writeReceipt, writeReceiptInput } from './write-receipt.ts';

const config = loadConfig({ RECEIPT_BUCKET: settings.name }, process.env);

export const handler = taskHandler(
  writeReceiptInput,
  writeReceipt({ receipts: new S3ReceiptStore(s3(), config.RECEIPT_BUCKET) }),
);
