import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { finalStatuses, isFinal, orderReason, orderStatus, orderStatuses } from '#contracts/orders.ts';
import { orderItem } from '#contracts/tables/order-items.ts';
import { cafeKeys, orderKeys } from '#contracts/tables/order-keys.ts';
import { evaluate, plain, type Variables, type Write, writeOf } from './evaluate.ts';
import { type State, tasksOf } from './machines.ts';
import {
  both,
  cafeId,
  enteredAt,
  indexKeys,
  laden,
  manager,
  orderId,
  ownerId,
  stateOf,
  states,
  variables,
} from './order-fixtures.ts';
import { asList, asMap, at, type ValueMap } from './templates.ts';

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
const rank = (status: unknown) => orderStatuses.indexOf(orderStatus.parse(status));

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
      const isUnhappy = isFinal(orderStatus.parse(set.status)) && set.status !== 'COMPLETED';
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
