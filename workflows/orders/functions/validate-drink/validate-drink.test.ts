import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drink as drinkSchema } from '#contracts/orders.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { lambdaContext } from '#platform/testing/lambda.ts';
import { asAttributes, cafe, later, time } from '../../testing/samples.ts';
import { validateDrink, validateDrinkInput } from './validate-drink.ts';

const limits = { leadSeconds: 300, maxSeconds: 7200 };
const now = time;
const shop = asAttributes(cafe());
const tea = { itemId: 'tea', modifiers: {} };

/** As the state machine calls it, input parsing included. */
const handler = taskHandler(validateDrinkInput, validateDrink(limits));
const check = async (request: object, changes: object = {}) =>
  handler({ cafe: shop, request, now, ...changes }, lambdaContext);
const refused = (path: string) => ({ ok: false, path, message: expect.stringMatching(/\.$/) });

describe('a drink of the menu', () => {
  it('is taken with the options asked for, and the first one where nothing was asked', async () => {
    const verdict = await check({ drink: { itemId: 'latte', modifiers: { milk: 'oat' } }, name: 'Rose' });
    expect(verdict).toEqual({
      ok: true,
      drink: {
        itemId: 'latte',
        name: 'Latte',
        modifiers: [
          { id: 'size', name: 'Size', optionId: 'small', option: 'Small' },
          { id: 'milk', name: 'Milk', optionId: 'oat', option: 'Oat milk' },
        ],
        cents: 530,
      },
      name: 'Rose',
      day: '2026-05-01',
    });
    expect(drinkSchema.parse('drink' in verdict && verdict.drink)).toBeDefined();
  });

  it.each([
    [{ itemId: 'latte' }, 450],
    [{ itemId: 'latte', modifiers: { size: 'large' } }, 560],
    [{ itemId: 'latte', modifiers: { size: 'large', milk: 'oat' } }, 640],
    [tea, 300],
  ])('costs the sum of %j', async (drink, cents) => {
    expect(await check({ drink })).toMatchObject({ ok: true, drink: { cents } });
  });

  it.each([
    ['drink', undefined],
    ['drink', null],
    ['drink', 'latte'],
    ['drink.itemId', {}],
    ['drink.itemId', { itemId: 'Latte' }],
    ['drink.itemId', { itemId: 'water' }],
    ['drink.itemId', { itemId: 'cocoa' }],
    ['drink.modifiers.milk', { itemId: 'tea', modifiers: { milk: 'oat' } }],
    ['drink.modifiers.milk', { itemId: 'latte', modifiers: { milk: 'goat' } }],
    ['drink.modifiers.constructor', { itemId: 'latte', modifiers: { constructor: 'oat' } }],
    ['drink.modifiers', { itemId: 'latte', modifiers: ['oat'] }],
    ['drink', { itemId: 'latte', cents: 0 }],
  ])('is refused at %s: %j', async (path, drink) => {
    const verdict = await check({ drink });
    expect(verdict).toMatchObject({ ok: false, path });
  });

  it('that is sold out is refused by its name', async () => {
    expect(await check({ drink: { itemId: 'cocoa' } })).toEqual({
      ok: false,
      path: 'drink.itemId',
      message: 'Cocoa is sold out. Please choose another one.',
    });
  });

  it('with a question called like a property of every object gets its first option', async () => {
    const options = [{ id: 'none', name: 'None', cents: 0 }];
    const modifiers = [{ id: 'constructor', name: 'Odd', options }];
    const menu = [{ id: 'odd', name: 'Odd', cents: 1, available: true, modifiers }];
    const verdict = await check({ drink: { itemId: 'odd' } }, { cafe: asAttributes(cafe({ menu })) });
    expect(verdict).toMatchObject({ ok: true, drink: { modifiers: [{ optionId: 'none' }] } });
  });
});

describe('the name on the cup', () => {
  it.each([
    [undefined, ''],
    [null, ''],
    ['', ''],
    [' \t\n ', ''],
    ['  Rose   of\nTexas ', 'Rose of Texas'],
    ['Ro\u0000se\u001b[31m', 'Rose[31m'],
    ['\u202eesoR\u2066\u200f\u061c', 'esoR'],
    ['a\u200b\u200b b', 'a b'],
    ['a \u200b b', 'a b'],
    ['👩‍👧', '👩‍👧'],
    ['Zoe\u0308', 'Zoë'],
    ['x'.repeat(24), 'x'.repeat(24)],
  ])('%j becomes %j', async (name, clean) => {
    expect(await check({ drink: tea, name })).toMatchObject({ ok: true, name: clean });
  });

  it.each([['x'.repeat(25)], [7], [{}], [['Rose']]])('%j is refused', async (name) => {
    expect(await check({ drink: tea, name })).toEqual(refused('name'));
  });
});

describe('the time to pick up', () => {
  const at = (seconds: number) => later(seconds).toISOString();

  it.each([300, 301, 7200])('%s seconds ahead is taken', async (seconds) => {
    expect(await check({ drink: tea, pickUpAt: at(seconds) })).toMatchObject({
      ok: true,
      pickUpAt: at(seconds),
    });
  });

  it.each([at(299.999), at(7200.001), at(-1), 'soon', '2026-05-01', 1_777_600_000, '2026-13-01T10:00:00Z'])(
    '%j is refused',
    async (pickUpAt) => {
      expect(await check({ drink: tea, pickUpAt })).toEqual(refused('pickUpAt'));
    },
  );

  it('is spelled in one way', async () => {
    const verdict = await check({ drink: tea, pickUpAt: '2026-05-01T11:00:00Z' });
    expect(verdict).toMatchObject({ pickUpAt: '2026-05-01T11:00:00.000Z' });
  });

  it.each([
    ['America/Los_Angeles', '2026-05-02T06:59:59.999Z', undefined, '2026-05-01'],
    ['America/Los_Angeles', '2026-05-02T07:00:00.000Z', undefined, '2026-05-02'],
    ['America/Los_Angeles', '2026-05-02T06:30:00.000Z', '2026-05-02T07:30:00.000Z', '2026-05-02'],
    ['Pacific/Auckland', '2026-05-01T12:00:00.000Z', undefined, '2026-05-02'],
    ['UTC', '2026-12-31T23:59:59.000Z', undefined, '2026-12-31'],
  ])('counts the day as people in %s do: %s, picked up %s', async (timeZone, moment, pickUpAt, day) => {
    const verdict = await check(
      { drink: tea, pickUpAt },
      { now: moment, cafe: asAttributes(cafe({ timeZone })) },
    );
    expect(verdict).toMatchObject({ ok: true, day });
  });
});

describe('whatever a guest sends', () => {
  it('gets an answer', async () => {
    const anything = fc.anything({ withNullPrototype: false });
    const request = fc.record({ drink: anything, name: anything, pickUpAt: anything });
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const verdict = await check(asked);
        if (verdict.ok) drinkSchema.parse(verdict.drink);
        else expect(verdict.path).toMatch(/^(drink|name|pickUpAt)/);
      }),
      { numRuns: 100 },
    );
  });

  it('is held against a café that can be read', async () => {
    await expect(check({ drink: tea }, { cafe: {} })).rejects.toMatchObject({ name: 'InvalidError' });
    await expect(check({ drink: tea }, { cafe: { menu: 'none' } })).rejects.toMatchObject({
      name: 'InvalidError',
    });
  });
});
