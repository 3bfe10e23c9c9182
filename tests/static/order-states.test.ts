import { describe, expect, it } from 'vitest';
import { orderItem, slotItem, stampItem } from '#contracts/tables/order-items.ts';
import { orderKeys } from '#contracts/tables/order-keys.ts';
import { evaluate, plain, writeOf } from './evaluate.ts';
import { machine, statesOf, substituted } from './machines.ts';
import {
  asked,
  cafeId,
  drink,
  enteredAt,
  indexKeys,
  laden,
  later,
  manager,
  orderId,
  ownerId,
  processor,
  seconds,
  stateOf,
  states,
  variables,
} from './order-fixtures.ts';
import { asList, asMap, at, find, type Value } from './templates.ts';

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
