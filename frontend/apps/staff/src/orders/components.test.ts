import { order } from '@happy-path/app/testing';
import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import CapacityStepper from './CapacityStepper.vue';
import DrinkLines from './DrinkLines.vue';
import TicketCard from './TicketCard.vue';
import { clockIn, wholeMinutes } from './times.ts';
import UndoBars from './UndoBars.vue';

const now = Date.UTC(2026, 5, 1, 12, 0);
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

const at = (minute: number) => new Date(now + minute * 60_000).toISOString();
const option = (id: string, optionId: string, name: string) => ({ id, name: id, optionId, option: name });
const drink = {
  itemId: 'flat-white',
  name: 'Flat white',
  cents: 500,
  modifiers: [option('size', 'small', 'Small'), option('milk', 'oat', 'Oat milk')],
};
const menu = [
  {
    id: 'flat-white',
    name: 'Flat white',
    cents: 450,
    available: true,
    modifiers: [
      { id: 'size', name: 'Size', options: [{ id: 'small', name: 'Small', cents: 0 }] },
      { id: 'milk', name: 'Milk', options: [{ id: 'whole', name: 'Whole milk', cents: 0 }] },
    ],
  },
];
const global = { stubs: { RouterLink: { template: '<a><slot /></a>' } } };

describe('a ticket', () => {
  const look = (minute: number) =>
    mount(TicketCard, {
      global,
      props: {
        order: order('o', {
          number: 12,
          name: 'Ann',
          drink,
          statusAt: at(0),
          answerBy: at(15),
          pickUpAt: at(20),
        }),
        next: 'accept',
        limit: 900_000,
        now: now + minute * 60_000,
        timeZone: 'America/New_York',
        menu,
      },
    });

  it('says who, what and until when', () => {
    const text = look(0).text();

    for (const part of ['12', 'Ann', 'Flat white', 'Oat milk', 'Pick-up 8:20']) expect(text).toContain(part);
  });

  it.each([
    [0.5, 'In time'],
    [6, 'Getting late 6 min'],
    [12, 'Hurry 12 min'],
  ])('says after %d minutes in words what its colour says: %s', (minute, words) => {
    expect(look(minute).get('.times').text().replace(/\s+/g, ' ')).toBe(words);
  });

  it('goes on by one tap, and not twice by a double tap', async () => {
    const view = look(0);
    const accept = view.get('button[aria-label="Accept, No. 12"]');

    await accept.trigger('click', { detail: 1 });
    await accept.trigger('click', { detail: 2 });

    expect(view.emitted('advance')).toHaveLength(1);
  });
});

it('tells what is usual in a drink from what is not', () => {
  const classes = (known: typeof menu | undefined) =>
    mount(DrinkLines, { props: { drink, menu: known } })
      .findAll('li')
      .map((line) => line.classes('usual'));

  expect(classes(menu)).toEqual([true, false]);
  // Of a drink that is off the menu nobody knows what was usual.
  expect(classes([])).toEqual([false, false]);
  expect(classes(undefined)).toEqual([false, false]);
});

describe('the capacity', () => {
  const look = (capacity: number) =>
    mount(CapacityStepper, { props: { capacity, running: 3, disabled: false } });
  const more = '[aria-label="One more at once"]';
  const fewer = '[aria-label="One fewer at once"]';

  it('makes one change of several taps', async () => {
    const view = look(20);
    await view.get(more).trigger('click');
    await view.get(more).trigger('click');
    await view.get(fewer).trigger('click');
    expect(view.text()).toContain('3 of 21 at once');
    expect(view.emitted('set')).toBeUndefined();

    vi.advanceTimersByTime(800);

    expect(view.emitted('set')).toEqual([[21]]);
  });

  it('is not changed by taps that come to nothing', async () => {
    const view = look(20);
    await view.get(more).trigger('click');
    await view.get(fewer).trigger('click');

    vi.advanceTimersByTime(800);

    expect(view.emitted('set')).toBeUndefined();
  });

  it('stays at one or above', () => {
    expect(look(1).get(fewer).attributes('disabled')).toBeDefined();
  });

  it('follows the server, and keeps what is being set here', async () => {
    const view = look(20);
    await view.setProps({ capacity: 8 });
    expect(view.text()).toContain('3 of 8');
    await view.get(more).trigger('click');

    await view.setProps({ capacity: 15 });

    expect(view.text()).toContain('3 of 9');
  });

  it('shows the old one again when the change was refused', async () => {
    const view = look(20);
    await view.get(more).trigger('click');
    vi.advanceTimersByTime(800);

    await view.setProps({ disabled: true });
    await view.setProps({ disabled: false });

    expect(view.text()).toContain('3 of 20');
  });

  it('is sent when the page is left meanwhile', async () => {
    const onSet = vi.fn();
    const view = mount(CapacityStepper, {
      props: { capacity: 20, running: 3, disabled: false, onSet },
    });
    await view.get(more).trigger('click');

    view.unmount();

    expect(onSet).toHaveBeenCalledExactlyOnceWith(21);
  });
});

it('shows what can be undone and for how long, and nothing of what was sent', async () => {
  const action = {
    order: order('o', { number: 12 }),
    request: { decision: 'accept' as const },
    requestKey: 'k',
  };
  const view = mount(UndoBars, {
    props: {
      open: [
        { id: 1, key: 'o', action },
        { id: 2, key: 'o', action, sendAt: now + 3100 },
      ],
    },
  });
  expect(view.findAll('li')).toHaveLength(1);
  expect(view.text()).toContain('No. 12 is being made');
  expect(view.text()).toContain('4 s');

  await view.get('button').trigger('click');

  expect(view.emitted('undo')).toEqual([[2]]);
});

it.each([
  [59_999, undefined],
  [60_000, '1 min'],
  [179_999, '2 min'],
])('puts %d milliseconds into whole minutes', (milliseconds, text) => {
  expect(wholeMinutes(milliseconds)).toBe(text);
});

it('tells the time where the café is', () => {
  expect(clockIn('2026-06-01T12:00:00.000Z', 'America/Los_Angeles', 'en-US')).toMatch(/^5:00\sAM$/);
});
