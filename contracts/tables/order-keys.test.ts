import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crockford } from '../ids.ts';
import { orderStatuses } from '../orders.ts';
import { cafeKeys, orderKeys, receiptKeys, unfinishedOrderShards } from './order-keys.ts';

const ulid = fc
  .tuple(
    fc.constantFrom(...'01234567'),
    fc.string({ unit: fc.constantFrom(...crockford), minLength: 25, maxLength: 25 }),
  )
  .map(([first, rest]) => first + rest);
/** Every user id an issuer may think of, rich in the characters that keys are made with. */
const userId = fc.string({ unit: fc.constantFrom(...'/+#%|@. ü🌲aA1'), minLength: 1, maxLength: 40 });
const id = '01K0A1B2C3D4E5F6G7H8J9KMNP';

describe('orderKeys', () => {
  it('puts every order into one of the shards the sweeper reads', () => {
    const shards = Array.from({ length: unfinishedOrderShards }, (_, shard) =>
      orderKeys.unfinishedShard(shard),
    );
    fc.assert(
      fc.property(ulid, (orderId) => {
        expect(shards).toContain(orderKeys.unfinished(orderId));
      }),
    );
  });

  it('uses every shard equally', () => {
    const used = [...crockford].map((last) => orderKeys.unfinished(`${id.slice(0, -1)}${last}`));
    const count = (shard: string) => used.filter((one) => one === shard).length;
    expect(new Set(used.map(count))).toEqual(new Set([crockford.length / unfinishedOrderShards]));
  });

  it('gives different guests and cafés slots of their own', () => {
    fc.assert(
      fc.property(userId, ulid, userId, ulid, (userA, cafeA, userB, cafeB) => {
        const [a, b] = [orderKeys.slot(userA, cafeA), orderKeys.slot(userB, cafeB)];
        expect(a.PK === b.PK && a.SK === b.SK).toBe(userA === userB && cafeA === cafeB);
      }),
    );
  });

  it('keeps slots, stamps and the list of orders of a guest in his partition', () => {
    fc.assert(
      fc.property(userId, ulid, (user, other) => {
        const partitions = [orderKeys.slot(user, other).PK, orderKeys.stamp(user, other).PK];
        expect(new Set([...partitions, orderKeys.guest(user)]).size).toBe(1);
      }),
    );
  });

  it('finds the stamps of a guest by their prefix, and no slot among them', () => {
    expect(orderKeys.stamp('rose', id).SK.startsWith(orderKeys.stamps)).toBe(true);
    expect(orderKeys.slot('rose', id).SK.startsWith(orderKeys.stamps)).toBe(false);
  });

  it('gives each status of a café a queue of its own, sorted by time and then by order', () => {
    const queues = orderStatuses.map((status) => orderKeys.queue(id, status));
    expect(new Set(queues).size).toBe(orderStatuses.length);
    const positions = [
      orderKeys.since('2026-07-04T10:00:00.000Z', 'B'),
      orderKeys.since('2026-07-04T10:00:00.001Z', 'A'),
      orderKeys.since('2026-07-04T10:00:00.001Z', 'B'),
    ];
    expect(positions.toSorted()).toEqual(positions);
  });
});

describe('cafeKeys', () => {
  it('keep all that belongs to a café in its partition, each under a key of its own', () => {
    const keys = [
      cafeKeys.primary(id),
      cafeKeys.capacity(id),
      cafeKeys.window(id, 1_783_159_200),
      cafeKeys.number(id, '2026-07-04'),
    ];
    expect(new Set(keys.map(({ PK }) => PK))).toEqual(new Set([`CAFE#${id}`]));
    expect(new Set(keys.map(({ SK }) => SK)).size).toBe(keys.length);
  });

  it('keep windows and days apart from those before and after', () => {
    expect(cafeKeys.window(id, 1_783_159_200)).not.toEqual(cafeKeys.window(id, 1_783_159_500));
    expect(cafeKeys.number(id, '2026-07-04')).not.toEqual(cafeKeys.number(id, '2026-07-05'));
  });

  it('list cafés by their names without regard to case', () => {
    expect(cafeKeys.named('Trailhead CAFÉ', id)).toBe(`trailhead café#${id}`);
    expect(cafeKeys.named('x'.repeat(200), id)).toHaveLength(100 + 1 + id.length);
  });

  it('are in no partition of an order or a guest, whatever the ids', () => {
    fc.assert(
      fc.property(ulid, userId, (one, user) => {
        const partitions = [cafeKeys.primary(one).PK, orderKeys.primary(one).PK, orderKeys.guest(user)];
        expect(new Set([...partitions, cafeKeys.list, orderKeys.unfinished(one)]).size).toBe(5);
      }),
    );
  });
});

describe('receiptKeys', () => {
  it('put both forms of a receipt under the one folder that roles name', () => {
    expect(receiptKeys.html(id)).toBe(`receipts/${id}.html`);
    expect(receiptKeys.json(id)).toBe(`receipts/${id}.json`);
  });
});
