import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { finalStatuses, isFinal, orderReason, orderStatuses } from '#contracts/orders.ts';
import { orderItem, slotItem, stampItem } from '#contracts/tables/order-items.ts';
import { cafeKeys, orderKeys } from '#contracts/tables/order-keys.ts';
import { evaluate, plain, type Variables, type Write, writeOf } from './evaluate.ts';
import { machine, type State, statesOf, substituted, tasksOf } from './machines.ts';
import { asList, asMap, at, find, type Value, type ValueMap } from './templates.ts';

const orderId = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const cafeId = '01HAPPYPATH000000000000015';
const ownerId = 'rose';
const executionId = 'arn:aws:states:us-east-1:000000000000:execution:order-processor:1';
const enteredAt = '2026-07-04T10:00:00.000Z';
/** What the placeholders are filled in with, in milliseconds. */
const seconds = 300_000;
const later = (time: string, millis: number) => new Date(Date.parse(time) + millis).toISOString();

const drink = {
  itemId: 'flat-white',
  name: 'Flat white',
  modifiers: [{ id: 'milk', name: 'Milk', optionId: 'oat', option: 'Oat milk' }],
  cents: 555,
};

/** What Step Functions knows when a state runs. */
const states = {
  input: {
    detail: { data: { orderId, cafeId, kind: 'SCAN' }, metadata: { ownerId } },
  },
  context: {
    Execution: { Id: executionId },
    State: { Name: 'State', EnteredTime: enteredAt },
    Task: { Token: 'token' },
  },
};

/** An order that has come as far as it can come without being over. */
const laden = {
  entity: 'order',
  orderId,
  cafeId,
  cafeName: 'Trailhead Café',
  ownerId,
  kind: 'SCAN',
  scanId: '01K0A1B2C3D4E5F6G7H8J9KMNQ',
  status: 'MAKING',
  statusAt: '2026-07-04T09:59:00.000Z',
  createdAt: '2026-07-04T09:50:00.000Z',
  currency: 'USD',
  drink,
  name: 'Rose',
  day: '2026-07-04',
  number: 42,
  pickUpAt: '2026-07-04T10:30:00.000Z',
  answerBy: '2026-07-04T10:04:00.000Z',
  steps: 6,
  executionId,
  taskToken: 'token',
  GSI1PK: orderKeys.guest(ownerId),
  GSI1SK: orderId,
  GSI3PK: orderKeys.unfinished(orderId),
  GSI3SK: '2026-07-04T10:06:00.000Z',
} as const;

const asked = {
  caller: { userId: ownerId, groups: [] },
  orderId,
  cafeId,
  kind: 'SCAN',
  scanId: laden.scanId,
};
const variables = {
  states,
  order: laden,
  orderNumber: 42,
  cafe: { isOpen: true, cafeId: { S: cafeId }, name: { S: laden.cafeName }, currency: { S: 'USD' } },
  checked: { ok: true, drink, name: 'Rose', day: laden.day, pickUpAt: laden.pickUpAt },
  request: asked,
  isGuest: true,
};

const processor = substituted(machine('order-processor').text);
const manager = substituted(machine('order-manager').text);
const both = [
  ['order-processor', processor],
  ['order-manager', manager],
] as const;

const isUpdate = ({ state }: State) => /dynamodb:updateItem/.test(String(state.Resource));
const isOfOrder = ({ state }: State) => JSON.stringify(at(state, 'Arguments', 'Key')).includes("'ORDER#'");
/** Writes that move the order to another status. */
const moves = (definition: ValueMap) =>
  tasksOf(definition).filter(
    (task) =>
      isUpdate(task) && /#status = :status/.test(String(at(task.state, 'Arguments', 'UpdateExpression'))),
  );
const writes = (definition: ValueMap, given: Variables = variables) =>
  Promise.all(moves(definition).map(({ name, state }) => writeOf(name, state, given)));
const stateOf = (definition: ValueMap, name: string) => {
  const found = statesOf(definition).find((one) => one.name === name);
  if (!found) throw new Error(`Expected a state ${name}`);
  return found.state;
};

const rank = (status: unknown) => orderStatuses.findIndex((one) => one === status);

/** The statuses from which a write moves, as its condition names them. */
function from({ state }: State, { values }: Pick<Write, 'values'>): readonly unknown[] {
  const condition = String(at(state, 'Arguments', 'ConditionExpression'));
  const others = /NOT #status IN \(([^)]*)\)/.exec(condition)?.[1];
  const named = (text: string) => [...text.matchAll(/:\w+/g)].map(([name]) => values[name]);
  if (others) return orderStatuses.filter((status) => !named(others).includes(status));
  const listed = [...condition.matchAll(/#status (?:= (:\w+)|IN \(([^)]*)\))/g)];
  return listed.flatMap(([, one = '', many = '']) => named(`${one} ${many}`));
}

/** The item that a write leaves. */
const leftBy = ({ set, added, removed }: Write, before: Record<string, unknown> = laden) => {
  const item: Record<string, unknown> = { ...before, ...set };
  for (const [name, by] of Object.entries(added)) item[name] = Number(before[name] ?? 0) + Number(by);
  for (const name of removed) delete item[name];
  return item;
};

/** The keys by which an order stands in the indexes. */
const indexKeys = (item: Record<string, unknown>) => ({
  GSI1PK: orderKeys.guest(ownerId),
  GSI1SK: orderId,
  GSI2PK: orderKeys.queue(cafeId, orderItem.parse(item).status),
  GSI2SK: orderKeys.since(String(item.statusAt), orderId),
  GSI3PK: orderKeys.unfinished(orderId),
});

describe.each(both)('the %s', (_name, definition) => {
  it('moves orders to statuses of the contract, under their own keys', async () => {
    const all = await writes(definition);
    expect(all.length).toBeGreaterThan(4);
    for (const write of all) {
      expect(write.key, write.name).toEqual(orderKeys.primary(orderId));
      expect(orderStatuses, write.name).toContain(write.set.status);
      expect(write.set.statusAt, write.name).toBe(enteredAt);
    }
  });

  it('leaves orders that fit the contract, in the indexes of their status', async () => {
    for (const write of await writes(definition)) {
      const item = leftBy(write);
      expect(orderItem.safeParse(item).error, write.name).toBeUndefined();
      expect(item, write.name).toMatchObject(indexKeys(item));
      expect(z.iso.datetime().safeParse(item.GSI3SK).success, write.name).toBe(true);
    }
  });

  it('moves orders forward only, from where the condition says they stand', async () => {
    for (const task of moves(definition)) {
      const seen = orderStatuses.filter((status) => !isFinal(status));
      for (const status of task.name === 'Record Time-Out' ? seen : [laden.status]) {
        const given = { ...variables, order: { ...laden, status } };
        const write = await writeOf(task.name, task.state, given);
        const before = from(task, write);
        expect(before, task.name).not.toEqual([]);
        expect(before, task.name).not.toContain(undefined);
        for (const one of before) {
          expect(rank(one), `${task.name}: ${String(one)}`).toBeLessThanOrEqual(rank(write.set.status));
          expect(finalStatuses, task.name).not.toContain(one);
        }
      }
    }
  });

  it('counts one event for each move, and two for the cancellation of a café', async () => {
    for (const { name, set, added } of await writes(definition)) {
      const steps = set.steps ?? laden.steps + Number(added.steps);
      // The claim knows the order from its event only, whose number it goes on from.
      expect(steps, name).toBe(name === 'Claim Order' ? 2 : laden.steps + 1);
    }
    const byCafe = await writes(definition, { ...variables, isGuest: false });
    const twice = byCafe
      .filter(({ added }) => added.steps === 2)
      .map(({ name, set }) => [name, set.cancelledBy]);
    expect(twice).toEqual(definition === manager ? [['Cancel Order', 'CAFE']] : []);
  });

  it('gives a reason of the contract with each end without a drink, and with no other move', async () => {
    for (const { name, set } of await writes(definition)) {
      const isUnhappy = isFinal(orderItem.shape.status.parse(set.status)) && set.status !== 'COMPLETED';
      expect(orderReason.safeParse(set.reason).success, name).toBe(isUnhappy);
      expect(set.cancelledBy !== undefined, name).toBe(set.status === 'CANCELLED');
    }
  });

  it('frees slot and capacity on every way that follows an end', async () => {
    const ends = (await writes(definition)).filter(({ set }) =>
      finalStatuses.some((one) => one === set.status),
    );
    expect(ends).not.toEqual([]);
    for (const { name } of ends) {
      const ways = waysFrom(definition, String(stateOf(definition, name).Next));
      for (const way of ways)
        expect(way, name).toEqual(expect.arrayContaining(['Release Slot', 'Release Capacity']));
    }
  });

  it('frees the slot of this order only, and what the order holds of the capacity', async () => {
    const slot = asMap(await evaluate(stateOf(definition, 'Release Slot').Arguments ?? null, variables));
    expect(plain(slot.Key)).toEqual(orderKeys.slot(ownerId, cafeId));
    expect(slot.ConditionExpression).toBe('orderId = :order');
    expect(plain(slot.ExpressionAttributeValues)).toEqual({ ':order': orderId });
    const capacity = asMap(
      await evaluate(stateOf(definition, 'Release Capacity').Arguments ?? null, variables),
    );
    expect(plain(capacity.Key)).toEqual(cafeKeys.capacity(cafeId));
    expect(capacity.UpdateExpression).toBe('DELETE running :order');
    expect(plain(capacity.ExpressionAttributeValues)[':order']).toEqual(new Set([orderId]));
  });

  it('closes an order that is over by taking off what belonged to the work on it', async () => {
    const write = await writeOf('Close Order', stateOf(definition, 'Close Order'), variables);
    const item = leftBy(write, { ...laden, status: 'COMPLETED' });
    expect(write.key).toEqual(orderKeys.primary(orderId));
    expect(orderItem.safeParse(item).error).toBeUndefined();
    expect(Object.keys(item).filter((name) => /^GSI3|taskToken|answerBy/.test(name))).toEqual([]);
    expect(Number(item.expiresAt)).toBeGreaterThan(Date.now() / 1000);
    expect(new Set(Object.values(write.values).filter((value) => typeof value === 'string'))).toEqual(
      new Set(finalStatuses),
    );
  });
});

/** Every way through a definition from a state to an end, failures of the ways themselves left out. */
function waysFrom(definition: ValueMap, name: string, seen: readonly string[] = []): string[][] {
  if (seen.includes(name)) return [];
  const state = stateOf(definition, name);
  const path = [...seen, name];
  const answers = asList(state.Catch).filter((one) => !JSON.stringify(one).includes('States.ALL'));
  const next = [
    ...[state.Next, state.Default],
    ...[...asList(state.Choices), ...answers].map((one) => at(one, 'Next')),
  ].filter((one) => typeof one === 'string');
  return next.length === 0 ? [path] : next.flatMap((one) => waysFrom(definition, one, path));
}

describe('both machines', () => {
  it('free in the same way what an order holds', () => {
    for (const name of ['Release Slot', 'Release Capacity']) {
      const jobs = both.map(([, definition]) => {
        const { Arguments, Resource, Retry, TimeoutSeconds } = stateOf(definition, name);
        return { Arguments, Resource, Retry, TimeoutSeconds };
      });
      expect(jobs[0], name).toEqual(jobs[1]);
    }
  });

  it('end orders in the four ways of the contract, and reach every status', async () => {
    const all = (await Promise.all(both.map(([, definition]) => writes(definition)))).flat();
    const reached = new Set(all.map(({ set }) => set.status));
    expect(reached).toEqual(new Set(orderStatuses.filter((status) => status !== 'ADMITTED')));
  });

  it('write all items by the keys of the contract', async () => {
    const keys = {
      'Get Café': cafeKeys.primary(cafeId),
      'Take Capacity': cafeKeys.capacity(cafeId),
      'Release Capacity': cafeKeys.capacity(cafeId),
      'Release Slot': orderKeys.slot(ownerId, cafeId),
      'Get Slot': orderKeys.slot(ownerId, cafeId),
      'Generate Order Number': cafeKeys.number(cafeId, laden.day),
    };
    const states_ = { ...states, input: { ...states.input, orderId } };
    for (const [, definition] of both) {
      for (const task of tasksOf(definition)) {
        const key = at(task.state, 'Arguments', 'Key');
        if (key === undefined) continue;
        const expected = Object.entries(keys).find(([name]) => name === task.name)?.[1];
        expect(isOfOrder(task), task.name).toBe(expected === undefined);
        const made = plain(await evaluate(key, { ...variables, states: states_ }));
        expect(made, task.name).toEqual(expected ?? orderKeys.primary(orderId));
      }
    }
  });
});

describe('the order processor', () => {
  it('claims an order ahead with the number after its second event', async () => {
    const ahead = { ...states, input: { detail: { data: { orderId, cafeId, kind: 'PRE_ORDER' } } } };
    const write = await writeOf('Claim Order', stateOf(processor, 'Claim Order'), { states: ahead });
    expect(write.set.steps).toBe(3);
  });

  it.each([
    ['Wait For Order', 'AWAITING_CHOICE'],
    ['Wait For Barista', 'QUEUED'],
  ])('says at %s until when it waits, and has the sweeper look later', async (name, status) => {
    const { set } = await writeOf(name, stateOf(processor, name), variables);
    expect(set).toMatchObject({ status, taskToken: 'token', answerBy: later(enteredAt, seconds) });
    expect(set.GSI3SK).toBe(later(enteredAt, 2 * seconds));
  });

  it('has an order for later looked at after its time to begin, and begins it so long before', async () => {
    const { set } = await writeOf('Schedule Order', stateOf(processor, 'Schedule Order'), variables);
    expect(set.GSI3SK).toBe(later(laden.pickUpAt, seconds));
    const wait = await evaluate(stateOf(processor, 'Wait Until Time To Begin').Timestamp ?? null, variables);
    expect(wait).toBe(later(laden.pickUpAt, -seconds));
  });

  it('tells by the reason who did not answer, and why an order was refused', async () => {
    const reason = async (name: string, given: object) =>
      (await writeOf(name, stateOf(processor, name), { ...variables, ...given })).set.reason;
    const standing = (status: string) => ({ order: { ...laden, status } });
    expect(await reason('Record Time-Out', standing('AWAITING_CHOICE'))).toBe('NOT_CHOSEN');
    expect(await reason('Record Time-Out', standing('QUEUED'))).toBe('NOT_PREPARED');
    expect(await reason('Record Time-Out', standing('MAKING'))).toBe('NOT_PREPARED');
    expect(await reason('Refuse Order', { cafe: { isOpen: false } })).toBe('CAFE_CLOSED');
    expect(await reason('Refuse Order', { cafe: { isOpen: true } })).toBe('NO_CAPACITY');
    expect(await reason('Record Failure', {})).toBe('WORKFLOW_FAILED');
  });

  it('takes capacity once for an order, as long as some is left', async () => {
    const { Arguments = null } = stateOf(processor, 'Take Capacity');
    const update = asMap(await evaluate(Arguments, { ...variables, cafe: { capacity: 20 } }));
    expect(update.UpdateExpression).toBe('SET entity = :entity ADD running :orders');
    expect(update.ConditionExpression).toBe(
      'attribute_not_exists(running) OR size(running) < :capacity OR contains(running, :order)',
    );
    const values = plain(update.ExpressionAttributeValues);
    expect(values).toEqual({
      ':entity': 'capacity',
      ':orders': new Set([orderId]),
      ':order': orderId,
      ':capacity': 20,
    });
  });

  it('reads an order with its numbers, and gives nobody its token', async () => {
    const Item = {
      orderId: { S: orderId },
      steps: { N: '6' },
      number: { N: '42' },
      taskToken: { S: 'token' },
    };
    const given = { ...variables, states: { ...states, result: { Item } } };
    const assigned = asMap(await evaluate(stateOf(processor, 'Get Order').Assign ?? null, given));
    expect(assigned.order).toMatchObject({ orderId, steps: 6, number: 42 });
    expect(plain(assigned.item)).toEqual({ orderId, steps: 6, number: 42 });
    const receipt = asMap(at(stateOf(processor, 'Write Receipt'), 'Arguments', 'Payload'));
    expect(JSON.stringify(receipt)).not.toMatch(/taskToken|\$order %\}/);
  });
});

describe('the order manager', () => {
  const create = async (given: object) => {
    const { Arguments = null } = stateOf(manager, 'Create Order');
    const items = asList(at(await evaluate(Arguments, { ...variables, ...given }), 'TransactItems'));
    return items.map((item) => asMap(at(item, 'Put')));
  };
  const ahead = { request: { ...asked, kind: 'PRE_ORDER', scanId: undefined } };

  it.each([
    ['a scan', {}, { kind: 'SCAN', scanId: laden.scanId, steps: 1 }],
    [
      'an order for later',
      ahead,
      { kind: 'PRE_ORDER', drink, day: laden.day, pickUpAt: laden.pickUpAt, steps: 2 },
    ],
  ])('makes of %s an order that fits the contract, in its indexes', async (_what, given, expected) => {
    const [order] = await create(given);
    const { PK, SK, ...item } = plain(order?.Item);
    expect({ PK, SK }).toEqual(orderKeys.primary(orderId));
    expect(orderItem.safeParse(item).error).toBeUndefined();
    expect(item).toMatchObject({ ...indexKeys(item), ...expected, status: 'ADMITTED', ownerId });
    expect(item.GSI3SK).toBe(later(enteredAt, seconds));
    expect(order?.ConditionExpression).toBe('attribute_not_exists(PK)');
  });

  it('takes the slot with the order or not at all', async () => {
    const [, slot] = await create({});
    const { PK, SK, ...item } = plain(slot?.Item);
    expect({ PK, SK }).toEqual(orderKeys.slot(ownerId, cafeId));
    expect(slotItem.parse(item)).toEqual(item);
    expect(slot?.ConditionExpression).toBe('attribute_not_exists(PK)');
  });

  it.each([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'])(
    'puts an order that ends with %s into the shard of the contract',
    async (last) => {
      const id = `${orderId.slice(0, -1)}${last}`;
      const [order] = await create({ request: { ...asked, orderId: id } });
      expect(plain(order?.Item).GSI3PK).toBe(orderKeys.unfinished(id));
    },
  );

  it('keeps a drink without modifiers, and one with several, as they were checked', async () => {
    const [milk] = drink.modifiers;
    for (const modifiers of [[], [milk], [milk, { ...milk, id: 'size' }]]) {
      const checked = { ...variables.checked, drink: { ...drink, modifiers } };
      const placed = await writeOf('Place Order', stateOf(manager, 'Place Order'), { ...variables, checked });
      expect(placed.set).toMatchObject({ drink: { ...drink, modifiers }, name: 'Rose', day: laden.day });
      const [order] = await create({ ...ahead, checked });
      expect(plain(order?.Item).drink).toEqual({ ...drink, modifiers });
    }
  });

  it.each([
    [true, {}, 'GUEST', 'CANCELLED_BY_GUEST'],
    [true, { reason: 'OUT_OF_STOCK' }, 'GUEST', 'CANCELLED_BY_GUEST'],
    [false, {}, 'CAFE', 'CANCELLED_BY_CAFE'],
    [false, { reason: 'OUT_OF_STOCK' }, 'CAFE', 'OUT_OF_STOCK'],
  ])('says who cancelled: guest %s with %j', async (isGuest, given, cancelledBy, reason) => {
    const request = { ...asked, ...given };
    const cancel = stateOf(manager, 'Cancel Order');
    const { set } = await writeOf('Cancel Order', cancel, { ...variables, isGuest, request });
    expect(set).toMatchObject({ cancelledBy, reason, GSI3SK: later(enteredAt, seconds) });
  });

  it.each([
    [
      { userId: 'rose', groups: [] },
      { isGuest: true, isStaff: false },
    ],
    [
      { userId: 'bo', groups: ['baristas'] },
      { isGuest: false, isStaff: true },
    ],
    [
      { userId: 'bo', groups: [] },
      { isGuest: false, isStaff: false },
    ],
    [
      { userId: 'kim', groups: ['baristas'] },
      { isGuest: false, isStaff: false },
    ],
    [
      { userId: 'ray', groups: ['rangers'] },
      { isGuest: false, isStaff: false },
    ],
    [
      { userId: 'ada', groups: ['admins'] },
      { isGuest: false, isStaff: true },
    ],
    [undefined, { isGuest: false, isStaff: false }],
  ])('knows what %j is to an order', async (caller, expected) => {
    const { Assign = null } = stateOf(manager, 'Get Café');
    for (const staff of [['bo'], ['bo', 'max']]) {
      const Item = { cafeId: { S: cafeId }, staff: { L: staff.map((S) => ({ S })) } };
      const given = { ...variables, request: { caller }, states: { ...states, result: { Item } } };
      expect(await evaluate(Assign, given)).toMatchObject(expected);
    }
    const without = {
      ...variables,
      request: { caller },
      states: { ...states, result: { Item: { staff: { L: [] } } } },
    };
    const isAdmin = caller?.groups.includes('admins') ?? false;
    expect(await evaluate(Assign, without)).toMatchObject({ isStaff: isAdmin });
  });

  it('gives nobody the token by which it wakes the processor', async () => {
    const Item = { orderId: { S: orderId }, taskToken: { S: 'token' } };
    const result = { Item, Attributes: Item };
    const given = { ...variables, states: { ...states, result } };
    const assigns = statesOf(manager).flatMap(({ state }) => asMap(state.Assign).item ?? []);
    expect(assigns.length).toBeGreaterThan(5);
    for (const code of assigns) expect(plain(await evaluate(code, given))).toEqual({ orderId });
    const outputs = statesOf(manager).flatMap(({ state }): Value[] =>
      state.End ? [state.Output ?? null] : [],
    );
    expect(outputs.length).toBeGreaterThan(5);
    expect(JSON.stringify(outputs)).not.toMatch(/taskToken|\$order\b|\$states/);
  });

  it('answers nothing but what its callers know', () => {
    const outcomes = find(manager, 'outcome').map(({ found }) => found);
    const known = ['OK', 'NOT_FOUND', 'FORBIDDEN', 'CAFE_CLOSED', 'INVALID', 'RUNNING', 'CONFLICT'];
    expect(new Set(outcomes)).toEqual(new Set(known));
  });
});

describe('the stamp card', () => {
  it('gives a stamp that fits the contract, once for an order', async () => {
    const state = stateOf(substituted(machine('stamp-card').text), 'Update Stamp Card');
    const { key, values } = await writeOf('Update Stamp Card', state, variables);
    expect(key).toEqual(orderKeys.stamp(ownerId, orderId));
    const stamp = { entity: values[':entity'], ownerId: values[':owner'], cafeId: values[':cafe'] };
    expect(stampItem.parse({ ...stamp, orderId: values[':order'], stampedAt: values[':at'] })).toEqual({
      ...{ entity: 'stamp', ownerId, cafeId, orderId },
      stampedAt: enteredAt,
    });
    expect(String(at(state, 'Arguments', 'UpdateExpression'))).toContain('if_not_exists(stampedAt, :at)');
  });
});
