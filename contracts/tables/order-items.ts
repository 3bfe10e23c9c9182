import * as z from 'zod';
import { ulidSchema, userId } from '../ids.ts';
import { cancelledBy, drink, menu, orderKind, orderReason, orderStatus, timeZone } from '../orders.ts';

/** A café that takes orders; its id is that of its place. */
export const cafeItem = z.object({
  entity: z.literal('cafe'),
  cafeId: ulidSchema,
  name: z.string(),
  isOpen: z.boolean(),
  /** How many orders it works on at once. */
  capacity: z.int(),
  /** ISO 4217. */
  currency: z.string(),
  timeZone,
  menu,
  /** Users who may make its orders and change it, besides admins. */
  staff: z.array(userId),
  /** Counts the changes; a change says which one it knows, so that two baristas cannot overwrite each other. */
  revision: z.int(),
  changedAt: z.iso.datetime(),
});
export type CafeItem = z.infer<typeof cafeItem>;

/** A token window of a café: who was admitted by which scan, and how many may still be. */
export const windowItem = z.object({
  entity: z.literal('window'),
  cafeId: ulidSchema,
  /** Seconds since 1970; the window is `startsAt <= now < endsAt`. */
  startsAt: z.int(),
  endsAt: z.int(),
  code: z.string(),
  tokens: z.int(),
  tokensLeft: z.int(),
  /** By user: the scan that took his token and the order that came of it. */
  admitted: z.record(z.string(), z.object({ scanId: ulidSchema, orderId: ulidSchema })),
  /** Seconds since 1970, the table's TTL. */
  expiresAt: z.int(),
});
export type WindowItem = z.infer<typeof windowItem>;

/** An order as it stands in the orders table. */
export const orderItem = z.object({
  entity: z.literal('order'),
  orderId: ulidSchema,
  cafeId: ulidSchema,
  cafeName: z.string(),
  ownerId: userId,
  kind: orderKind,
  scanId: ulidSchema.optional(),
  status: orderStatus,
  /** When the status was reached; events take their time from it, so a re-sent event has the same. */
  statusAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  currency: z.string(),
  drink: drink.optional(),
  /** What is called out with the number. */
  name: z.string().optional(),
  /** The café's local day that its number counts in, `2026-07-04`. */
  day: z.string().optional(),
  number: z.int().positive().optional(),
  pickUpAt: z.iso.datetime().optional(),
  /** Until when the guest has to choose, or the barista to make. */
  answerBy: z.iso.datetime().optional(),
  reason: orderReason.optional(),
  cancelledBy: cancelledBy.optional(),
  /** Set with COMPLETED: an order is completed even if its receipt could not be written. */
  hasReceipt: z.boolean().optional(),
  /** How many events tell of it so far. */
  steps: z.int().positive(),
  executionId: z.string().optional(),
  /** Resumes the waiting execution; never leaves the table. */
  taskToken: z.string().optional(),
  /** Seconds since 1970, the table's TTL. */
  expiresAt: z.int().optional(),
});
export type OrderItem = z.infer<typeof orderItem>;

/** Keeps a second order of the same guest at the same café away. */
export const slotItem = z.object({
  entity: z.literal('slot'),
  ownerId: userId,
  cafeId: ulidSchema,
  orderId: ulidSchema,
});

/** A completed order on its guest's stamp card. */
export const stampItem = z.object({
  entity: z.literal('stamp'),
  ownerId: userId,
  cafeId: ulidSchema,
  orderId: ulidSchema,
  stampedAt: z.iso.datetime(),
});
export type StampItem = z.infer<typeof stampItem>;
