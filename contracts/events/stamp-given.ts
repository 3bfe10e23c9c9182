import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { defineEvent } from './envelope.ts';

/** A completed order has come onto its guest's stamp card. */
export const stampGiven = defineEvent(
  'happy-path.orders',
  'StampGiven',
  z.object({ orderId: ulidSchema, cafeId: ulidSchema }),
);
