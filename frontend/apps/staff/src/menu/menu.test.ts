// @vitest-environment node
import type { Menu } from '@happy-path/api-client';
import { describe, expect, it } from 'vitest';
import { menu as menuSchema } from '#contracts/orders.ts';
import { checkMenu } from './check-menu.ts';
import { draftOf, move, newItem, newModifier, newOption, saysTheSame, withAvailable } from './menu-draft.ts';
import { centsOf, priceText } from './money.ts';

const menu: Menu = [
  {
    id: 'flat-white',
    name: 'Flat white',
    cents: 450,
    available: true,
    modifiers: [
      {
        id: 'size',
        name: 'Size',
        options: [
          { id: 'small', name: 'Small', cents: 0 },
          { id: 'large', name: 'Large', cents: 75 },
        ],
      },
    ],
  },
  { id: 'tea', name: 'Tea', cents: 300, available: false, modifiers: [] },
];
const named = <Thing extends { name: string }>(thing: Thing, name: string): Thing => ({ ...thing, name });

describe('an amount', () => {
  it.each([
    ['4.50', 450],
    ['4,5', 450],
    [' $4 ', 400],
    ['4.', 400],
    ['12 €', 1200],
    ['0', 0],
    ['1000', 100_000],
  ])('is read from %j as %d', (text, cents) => {
    expect(centsOf(text)).toBe(cents);
  });

  it.each(['', 'free', '-1', '4.505', '4 50', '1000.01', '1e3'])('is not read from %j', (text) => {
    expect(centsOf(text)).toBeUndefined();
  });

  it('stands in its field with two places', () => {
    expect([priceText(450), priceText(0), priceText(100_000)]).toEqual(['4.50', '0.00', '1000.00']);
  });
});

describe('a draft', () => {
  it('is the menu again when nothing was changed', () => {
    expect(checkMenu(draftOf(menu))).toEqual({ problems: {}, menu });
    expect(saysTheSame(draftOf(menu), draftOf(menu))).toBe(true);
  });

  it('tells that something was changed', () => {
    const changed = draftOf(menu).map((item) => ({ ...item, price: '5.00' }));

    expect(saysTheSame(changed, draftOf(menu))).toBe(false);
    expect(saysTheSame(draftOf(menu).toReversed(), draftOf(menu))).toBe(false);
  });

  it('gives ids to what is new, each its own, and keeps those that are there', () => {
    const milk = {
      ...named(newModifier(), 'Milk'),
      options: [named(newOption(), 'Whole'), named(newOption(), 'Oat')],
    };
    const draft = [
      ...draftOf(menu).map((item) => ({ ...item, name: `${item.name} deluxe` })),
      { ...named(newItem(), ' Crème Brûlée Latte! '), price: '6', modifiers: [milk] },
      { ...named(newItem(), 'Tea'), price: '3' },
      { ...named(newItem(), '抹茶'), price: '5' },
    ];

    const checked = checkMenu(draft).menu;

    expect(checked?.map(({ id }) => id)).toEqual([
      'flat-white',
      'tea',
      'creme-brulee-latte',
      'tea-2',
      'item',
    ]);
    expect(checked?.[2]).toMatchObject({ name: 'Crème Brûlée Latte!', modifiers: [{ id: 'milk' }] });
    expect(menuSchema.safeParse(checked).success).toBe(true);
  });

  it('keeps an id short that comes of a long name', () => {
    const draft = Array.from({ length: 2 }, (_, count) => ({
      ...named(newItem(), `${'very '.repeat(11)}${count}`),
      price: '1',
    }));

    expect(menuSchema.safeParse(checkMenu(draft).menu).success).toBe(true);
  });

  it('tells what is wrong by the field', () => {
    const [first, second] = draftOf(menu);
    if (!first || !second) throw new Error('Expected two drinks');
    const [size] = first.modifiers;
    const [small, large] = size?.options ?? [];
    if (!size || !small || !large) throw new Error('Expected two sizes');
    size.name = '';
    large.name = 'small';
    large.price = 'much';
    second.name = 'x'.repeat(61);
    const bare = { ...named(newModifier(), 'Milk'), options: [] };
    const draft = [{ ...first, modifiers: [size, bare] }, second, { ...newItem(), name: 'FLAT white ' }];

    const { problems, menu: none } = checkMenu(draft);

    expect(none).toBeUndefined();
    expect(problems).toEqual({
      [`${size.key}.name`]: 'Give it a name.',
      [`${large.key}.name`]: 'Another one has this name.',
      [`${large.key}.price`]: expect.stringContaining('amount'),
      [`${bare.key}.options`]: expect.stringContaining('answer'),
      [`${second.key}.name`]: 'At most 60 characters.',
      [`${draft[2]?.key}.name`]: 'Another one has this name.',
      [`${draft[2]?.key}.price`]: expect.stringContaining('amount'),
    });
  });

  it('refuses a drink that its choices make too dear', () => {
    const [first] = draftOf(menu);
    if (!first) throw new Error('Expected a drink');

    expect(checkMenu([{ ...first, price: '999.25' }]).menu).toBeDefined();
    expect(checkMenu([{ ...first, price: '999.26' }]).problems).toEqual({
      [`${first.key}.price`]: expect.stringContaining('dearest'),
    });
  });
});

describe('the order of drinks', () => {
  it.each([
    [0, 1, 'bac'],
    [2, -1, 'acb'],
    [0, -1, 'abc'],
    [2, 1, 'abc'],
  ] as const)('moves number %d by %d to %s', (index, by, order) => {
    expect(move(['a', 'b', 'c'], index, by).join('')).toBe(order);
  });
});

it('sells one drink out', () => {
  expect(withAvailable(menu, 'flat-white', false)?.map(({ available }) => available)).toEqual([false, false]);
  expect(withAvailable(menu, 'gone', false)).toBeUndefined();
});
