import { shardOf } from '../ids.ts';
import type { OrderStatus } from '../orders.ts';
import type { PrimaryKey } from './keys.ts';

/**
 * Every key of the orders table is made and parsed here. One table, three sparse indexes:
 *
 * | item     | PK         | SK             | GSI1PK   | GSI1SK  | GSI2PK         | GSI2SK      | GSI3PK         | GSI3SK |
 * |----------|------------|----------------|----------|---------|----------------|-------------|----------------|--------|
 * | café     | CAFE#id    | CAFE           | CAFES    | name#id |                |             |                |        |
 * | capacity | CAFE#id    | CAPACITY       |          |         |                |             |                |        |
 * | window   | CAFE#id    | WINDOW#start   |          |         |                |             |                |        |
 * | number   | CAFE#id    | NUMBER#day     |          |         |                |             |                |        |
 * | order    | ORDER#id   | ORDER          | GUEST#id | id      | CAFE#id#status | statusAt#id | UNFINISHED#0-7 | dueAt  |
 * | slot     | GUEST#user | ACTIVE#cafeId  |          |         |                |             |                |        |
 * | stamp    | GUEST#user | STAMP#orderId  |          |         |                |             |                |        |
 *
 * GSI3 holds the orders whose slot and capacity are not known to be free yet, by when the sweeper should look at them.
 */
export const orderIndexes = { guest: 'GSI1', queue: 'GSI2', unfinished: 'GSI3' } as const;

/** Unfinished orders are spread over this many partitions. */
export const unfinishedOrderShards = 8;

export const cafeKeys = {
  primary: (cafeId: string): PrimaryKey => ({ PK: `CAFE#${cafeId}`, SK: 'CAFE' }),
  /** The ids of the orders that a café works on: one set, so that taking and giving back are idempotent. */
  capacity: (cafeId: string): PrimaryKey => ({ PK: `CAFE#${cafeId}`, SK: 'CAPACITY' }),
  /** A window of tokens by its start in seconds since 1970. */
  window: (cafeId: string, startsAt: number): PrimaryKey => ({
    PK: `CAFE#${cafeId}`,
    SK: `WINDOW#${startsAt}`,
  }),
  /** Counts the orders of a day, `2026-07-04`. */
  number: (cafeId: string, day: string): PrimaryKey => ({ PK: `CAFE#${cafeId}`, SK: `NUMBER#${day}` }),
  list: 'CAFES',
  named: (name: string, cafeId: string) => `${name.toLowerCase().slice(0, 100)}#${cafeId}`,
} as const;

export const orderKeys = {
  primary: (orderId: string): PrimaryKey => ({ PK: `ORDER#${orderId}`, SK: 'ORDER' }),
  guest: (userId: string) => `GUEST#${userId}`,
  queue: (cafeId: string, status: OrderStatus) => `CAFE#${cafeId}#${status}`,
  /** Position among the orders of one café and status; sorts by time, then id. */
  since: (statusAt: string, orderId: string) => `${statusAt}#${orderId}`,
  unfinished: (orderId: string): string => orderKeys.unfinishedShard(shardOf(orderId, unfinishedOrderShards)),
  unfinishedShard: (shard: number) => `UNFINISHED#${shard}`,
  slot: (userId: string, cafeId: string): PrimaryKey => ({ PK: `GUEST#${userId}`, SK: `ACTIVE#${cafeId}` }),
  stamp: (userId: string, orderId: string): PrimaryKey => ({ PK: `GUEST#${userId}`, SK: `STAMP#${orderId}` }),
  stamps: 'STAMP#',
} as const;

/** Object keys in the receipts bucket. */
export const receiptKeys = {
  html: (orderId: string) => `receipts/${orderId}.html`,
  json: (orderId: string) => `receipts/${orderId}.json`,
} as const;
