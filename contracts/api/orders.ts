import * as z from 'zod';
import { ulidSchema, userId } from '../ids.ts';
import {
  baristaReasons,
  cancelledBy,
  cupName,
  drink,
  drinkChoice,
  menu,
  orderKind,
  orderReason,
  orderStatus,
  timeZone,
  windowCode,
} from '../orders.ts';
import { cursor, pageLimit, pageOf } from './paging.ts';

/** A café as everybody sees it: `GET /cafes/{cafeId}`; all below `/orders`. */
export const cafe = z.object({
  cafeId: ulidSchema,
  name: z.string(),
  isOpen: z.boolean(),
  currency: z.string(),
  timeZone: z.string(),
  menu,
  revision: z.int(),
  /** How long before the pick-up time a pre-order is begun, and how far ahead it may be, in seconds. */
  preOrder: z.object({ leadSeconds: z.int(), maxSeconds: z.int() }),
  /** For its staff only. */
  capacity: z.int().optional(),
  running: z.int().optional(),
  staff: z.array(userId).optional(),
});
export type Cafe = z.infer<typeof cafe>;

/** `GET /cafes`: all that take orders; `isStaff` tells where the caller may make and change. */
export const cafeList = z.object({
  items: z.array(cafe.pick({ cafeId: true, name: true, isOpen: true }).extend({ isStaff: z.boolean() })),
});
export type CafeList = z.infer<typeof cafeList>;

/** `PUT /cafes/{cafeId}` (its baristas, admins): what is left out stays; `revision` is the one the caller knows. */
export const changeCafeRequest = z.strictObject({
  /** 0 sets the café up, which admins do. */
  revision: z.int().nonnegative(),
  isOpen: z.boolean().optional(),
  capacity: z.int().min(1).max(500).optional(),
  menu: menu.optional(),
  name: z.string().trim().min(2).max(120).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'Expected an ISO 4217 currency such as USD')
    .optional(),
  timeZone: timeZone.optional(),
  /** Admins only. */
  staff: z.array(userId).max(100).optional(),
});
export type ChangeCafeRequest = z.infer<typeof changeCafeRequest>;

/** `GET /cafes/{cafeId}/window` (its baristas): what the display shows; `code` is absent once all tokens are taken, and when the café is closed. */
export const tokenWindow = z.object({
  cafeId: ulidSchema,
  isOpen: z.boolean(),
  code: windowCode.optional(),
  tokens: z.int(),
  tokensLeft: z.int(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});
export type TokenWindow = z.infer<typeof tokenWindow>;

/** `POST /cafes/{cafeId}/scans`: `scanId` is made by the client, so that a repetition takes no second token. */
export const scanRequest = z.strictObject({ code: windowCode, scanId: ulidSchema });
export type ScanRequest = z.infer<typeof scanRequest>;

/** `POST /cafes/{cafeId}/orders`: ordered from anywhere, made in time for `pickUpAt`. */
export const preOrderRequest = z.strictObject({
  /** Made by the client, so that a repetition makes no second order. */
  orderId: ulidSchema,
  drink: drinkChoice,
  name: cupName.optional(),
  pickUpAt: z.iso.datetime(),
});
export type PreOrderRequest = z.infer<typeof preOrderRequest>;

/** `PUT /{orderId}`: the drink of an admitted order, once, while the café waits for it. */
export const placeOrderRequest = z.strictObject({ drink: drinkChoice, name: cupName.optional() });
export type PlaceOrderRequest = z.infer<typeof placeOrderRequest>;

/** `POST /{orderId}/decisions`: the café's staff accepts and completes; they and the guest may cancel. */
export const orderDecisionRequest = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('accept') }),
  z.strictObject({ decision: z.literal('complete') }),
  z.strictObject({
    decision: z.literal('cancel'),
    /** A barista's; a guest gives none. */
    reason: z.enum(baristaReasons).optional(),
  }),
]);
export type OrderDecisionRequest = z.infer<typeof orderDecisionRequest>;

/** An order as its guest and the café's staff see it: `GET /{orderId}`. */
export const order = z.object({
  orderId: ulidSchema,
  cafeId: ulidSchema,
  cafeName: z.string(),
  kind: orderKind,
  status: orderStatus,
  statusAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  currency: z.string(),
  drink: drink.optional(),
  name: z.string().optional(),
  number: z.int().optional(),
  pickUpAt: z.iso.datetime().optional(),
  /** Until when the guest has to choose (AWAITING_CHOICE) or the barista to make (QUEUED, MAKING). */
  answerBy: z.iso.datetime().optional(),
  reason: orderReason.optional(),
  /** The reason in words for the guest. */
  message: z.string().optional(),
  cancelledBy: cancelledBy.optional(),
});
export type Order = z.infer<typeof order>;

/** `GET /mine`: the caller's orders, newest first. */
export const orderPage = pageOf(order);
export type OrderPage = z.infer<typeof orderPage>;
export const listMyOrdersQuery = z.strictObject({ limit: pageLimit.default(20), cursor: cursor.optional() });

/** `GET /cafes/{cafeId}/orders?status=` (its baristas): the orders of one status, oldest first. */
export const listCafeOrdersQuery = z.strictObject({
  status: orderStatus,
  limit: pageLimit.default(50),
  cursor: cursor.optional(),
});

/** `GET /cafes/{cafeId}/board`: numbers only, for everybody; `ready` are those of the last ten minutes, newest first. */
export const board = z.object({
  cafeId: ulidSchema,
  isOpen: z.boolean(),
  waiting: z.array(z.int()),
  making: z.array(z.int()),
  ready: z.array(z.int()),
});
export type Board = z.infer<typeof board>;

/** `GET /{orderId}/receipt` (its guest): links that show it to whoever holds them, until `expiresAt`. */
export const receiptLinks = z.object({
  html: z.url(),
  json: z.url(),
  expiresAt: z.iso.datetime(),
});
export type ReceiptLinks = z.infer<typeof receiptLinks>;

/** The receipt itself, as stored in JSON. */
export const receipt = z.object({
  orderId: ulidSchema,
  cafeId: ulidSchema,
  cafeName: z.string(),
  number: z.int(),
  day: z.string(),
  drink,
  currency: z.string(),
  orderedAt: z.iso.datetime(),
  preparedAt: z.iso.datetime(),
});
export type Receipt = z.infer<typeof receipt>;

/** `GET /stamps`: the caller's stamp card, newest first. */
export const stampCard = z.object({
  stamps: z.array(z.object({ orderId: ulidSchema, cafeId: ulidSchema, stampedAt: z.iso.datetime() })),
});
export type StampCard = z.infer<typeof stampCard>;
