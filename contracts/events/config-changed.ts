import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { defineEvent } from './envelope.ts';

/** A café opened, closed, or changed its menu or capacity; whoever shows it reads it again. */
export const configChanged = defineEvent(
  'happy-path.orders',
  'ConfigChanged',
  z.object({ cafeId: ulidSchema, isOpen: z.boolean(), revision: z.int().positive() }),
);
