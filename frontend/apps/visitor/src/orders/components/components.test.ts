import { cafe, flatWhite, order, tea } from '@happy-path/app/testing';
import { mount, RouterLinkStub } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { useDrinkDraft } from '../useDrinkDraft.ts';
import type { Refusal } from '../useScan.ts';
import DrinkPicker from './DrinkPicker.vue';
import OrderButton from './OrderButton.vue';
import OrderStatusCard from './OrderStatusCard.vue';
import ScanRefusal from './ScanRefusal.vue';

const now = Date.parse('2026-06-01T12:00:00.000Z');
const global = { stubs: { RouterLink: RouterLinkStub } };

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('how an order stands', () => {
  const card = (more: Parameters<typeof order>[1]) =>
    mount(OrderStatusCard, { props: { order: order('o', more), cafe: cafe() } });

  it('counts down to when the drink has to be chosen', async () => {
    const view = card({ status: 'AWAITING_CHOICE', answerBy: new Date(now + 65_000).toISOString() });
    expect(view.text()).toContain('You have 1:05 to choose.');

    await vi.advanceTimersByTimeAsync(66_000);

    expect(view.text()).toContain('The time to choose is over.');
  });

  it("says when a pre-order is begun, by the café's clock", () => {
    const view = card({ status: 'SCHEDULED', pickUpAt: '2026-06-01T19:30:00.000Z' });
    expect(view.text().replaceAll('\u202f', ' ')).toContain(
      'We start at 12:20 PM, so that it is ready at 12:30 PM.',
    );
  });

  it.each([
    [{ status: 'PLACED' }, 'You get your number in a moment.'],
    [{ status: 'QUEUED', number: 12 }, 'A barista takes it next.'],
    [{ status: 'PREPARED', number: 12 }, 'Pick it up at the counter.'],
    [{ status: 'REFUSED', message: 'The café has just closed.' }, 'The café has just closed.'],
    [{ status: 'CANCELLED' }, 'You have nothing to pay.'],
  ] as const)('for %o says %s', (more, text) => {
    expect(card(more).text()).toContain(text);
  });

  it('lets screen readers hear the word and the number, not every second', () => {
    const view = card({ status: 'QUEUED', number: 12 });
    expect(view.get('[role="status"]').text()).toBe('In the queueYour number 12');
  });
});

describe('a refused scan', () => {
  const refused = (refusal: Refusal) =>
    mount(ScanRefusal, { props: { refusal, cafeId: 'c', busy: false }, global });

  it('counts down to the next code', async () => {
    const view = refused({ kind: 'taken', message: 'No.', nextAt: now + 61_000 });
    expect(view.text()).toContain('The next code comes in 1:01.');

    await vi.advanceTimersByTimeAsync(62_000);

    expect(view.text()).toContain('A new code is on the screen. Scan it.');
  });

  it('can be sent again only when nothing was wrong with the code', async () => {
    const offline = refused({ kind: 'offline', message: 'No network.' });
    expect(offline.text()).toContain('No network.');
    await offline.get('button').trigger('click');
    expect(offline.emitted('repeat')).toHaveLength(1);

    const old = refused({ kind: 'old', message: 'x' });
    await old.get('button').trigger('click');
    expect(old.emitted('again')).toHaveLength(1);
    expect(old.emitted('repeat')).toBeUndefined();
  });
});

describe('the menu to choose from', () => {
  const picker = (menu = [flatWhite, tea]) => {
    const draft = useDrinkDraft(() => menu);
    return { draft, view: mount(DrinkPicker, { props: { cafe: cafe({ menu }), draft } }) };
  };

  it('asks about the drink that is chosen, and says what an option costs', async () => {
    const { draft, view } = picker();
    expect(view.text()).not.toContain('Oat milk');

    await view.get('input[value="flat-white"]').setValue(true);
    expect(view.text()).toContain('Oat milk+ $0.60');
    await view.get('input[value="oat"]').setValue(true);

    expect(draft.wish.value?.drink).toEqual({ itemId: 'flat-white', modifiers: { milk: 'oat' } });
  });

  it('shows what is sold out and does not let it be chosen', () => {
    const { view } = picker([{ ...tea, available: false }]);
    expect(view.text()).toContain('Sold out');
    expect(view.get('input[value="tea"]').attributes('disabled')).toBeDefined();
  });

  it('takes the name on the cup into the draft', async () => {
    const { draft, view } = picker();
    await view.get('input[type="text"]').setValue('Ann');
    expect(draft.name.value).toBe('Ann');
  });
});

it('orders for the price of the drink that is chosen', async () => {
  const draft = useDrinkDraft(() => [tea]);
  const view = mount(OrderButton, { props: { draft, currency: 'USD' }, attrs: { disabled: true } });
  expect(view.attributes('disabled')).toBeDefined();
  expect(view.text()).not.toContain('$');

  draft.take('tea');
  await nextTick();

  expect(view.text()).toContain('$3.00');
});
