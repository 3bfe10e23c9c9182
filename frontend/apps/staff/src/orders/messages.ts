import type { Order, OrderDecisionRequest, OrderReason } from '@happy-path/api-client';
import { commonMessages as common, counted, orderMessages } from '@happy-path/app';

type Decision = OrderDecisionRequest['decision'];

const number = new Intl.NumberFormat('en');
type Called = Pick<Order, 'number' | 'name'>;
/** What an order is called: by its number, before it has one by its guest. */
const called = ({ number, name }: Called) => {
  if (number !== undefined) return orderMessages.number(number);
  return name ? `${name}’s order` : 'The order';
};

/** How an order stands that somebody else was first with, for the barista who was second. */
function standsAt(decision: Decision, { status, cancelledBy, message }: Order): string {
  const { status: words } = orderMessages;
  if (status === 'CANCELLED') {
    return cancelledBy === 'GUEST' ? 'The guest has just cancelled it.' : 'It has just been cancelled.';
  }
  if (status === 'TIMED_OUT') return 'Its time has just run out; the guest was told.';
  if (decision === 'accept' && status === 'MAKING') return 'Another barista is already making it.';
  if (status === 'PREPARED' || status === 'COMPLETED') return 'Another barista has already called it ready.';
  return message ?? `It stands at “${words[status]}”.`;
}

/** Every word of the baristas' pages. */
export const messages = {
  ...common.app,
  title: 'Orders',
  status: orderMessages.status,
  called,
  cafes: {
    title: 'Choose your café',
    emptyTitle: 'You make orders in no café yet',
    emptyText: 'An admin can add you to the staff of a café. Then it appears here.',
    errorTitle: 'The cafés did not load',
    change: 'Café',
  },
  notHere: {
    title: 'There are no café orders here',
    text: 'This stage runs without the orders stack. Once it is deployed, sign in again.',
  },
  board: {
    later: 'Later',
    waiting: 'Waiting',
    making: 'Making',
    ready: 'Ready',
    column: (name: string, count: number) => `${name}, ${counted(count, 'order', 'orders')}`,
    none: {
      later: 'No pre-orders.',
      waiting: 'Nobody waits. New orders appear here by themselves.',
      making: 'Accept an order, then it stands here.',
      ready: 'What you have made in the last minutes stands here.',
    },
    choosing: (count: number) => `${counted(count, 'guest is', 'guests are')} choosing`,
    errorTitle: 'The orders did not load',
    forbiddenTitle: 'This is not your café',
    forbiddenText: 'Other people make its orders, or it takes none. An admin can add you to its staff.',
    toCafes: 'See your cafés',
    lost: 'Not up to date',
    arrived: (order: Called) => `New order: ${called(order)}`,
  },
  ticket: {
    accept: 'Accept',
    complete: 'Ready',
    cancel: 'Cancel',
    details: 'Details',
    name: (decision: string, order: Called) => `${decision}, ${called(order)}`,
    fresh: 'In time',
    late: 'Getting late',
    urgent: 'Hurry',
    pickUp: (time: string) => `Pick-up ${time}`,
    handedOut: 'Made earlier',
  },
  cancel: {
    title: (order: Called) => `Cancel ${called(order)}?`,
    text: 'The guest is told why and pays nothing.',
    reasons: {
      OUT_OF_STOCK: 'We have run out of it',
      CLOSING: 'We are closing',
      CANCELLED_BY_CAFE: 'Another reason: ask at the counter',
    } satisfies Partial<Record<OrderReason, string>>,
    keep: 'Keep it',
  },
  undo: {
    region: 'What you did just now',
    done: (decision: Decision, order: Called) =>
      ({
        accept: `${called(order)} is being made`,
        complete: `${called(order)} is ready`,
        cancel: `${called(order)} is cancelled`,
      })[decision],
    undo: 'Undo',
    name: (what: string) => `Undo: ${what}`,
    seconds: (seconds: number) => `${seconds} s`,
  },
  refused: (order: Called, stands: string | undefined, why: string) =>
    `${called(order)}: ${stands ?? `not sent. ${why}`}`,
  standsAt,
  sound: {
    on: 'Sound on',
    off: 'Sound off',
    name: 'Sound for new orders',
    waits: 'Touch the screen once, so that the browser lets the sound be heard.',
  },
  cafe: {
    open: 'Open',
    closed: 'Closed',
    close: 'Close the café',
    closeTitle: 'Close the café?',
    closeText: (running: number) =>
      running === 0
        ? 'No new orders are taken. Nothing is being made now.'
        : `No new orders are taken. The ${counted(running, 'running order is', 'running orders are')} finished.`,
    isClosed: 'The café is closed. No new orders are taken; the running ones are finished.',
    keepOpen: 'Stay open',
    takesOrders: 'Takes orders',
    capacityHint: 'How many orders the café works on at the same time',
    running: (running: number, capacity: number) =>
      `${number.format(running)} of ${number.format(capacity)} at once`,
    fewer: 'One fewer at once',
    more: 'One more at once',
    menu: 'Menu',
    board: 'Board',
    errorTitle: 'The café did not load',
    stale: (now: string) => `Somebody else was first: ${now} Look at it and decide again.`,
    now: (isOpen: boolean, capacity: number | undefined) =>
      `the café is ${isOpen ? 'open' : 'closed'} now${capacity === undefined ? '' : ` and works on ${number.format(capacity)} at once`}.`,
    menuChanged: 'the menu is another one now.',
    notChanged: (why: string) => `Nothing was changed. ${why}`,
  },
  order: {
    title: 'Order',
    errorTitle: 'This order did not load',
    notFoundTitle: 'There is no such order',
    notFoundText: 'Its link is mistyped, or it belongs to a café that you do not make orders for.',
    facts: 'Facts',
    drink: 'Drink',
    name: 'On the cup',
    price: 'Price',
    kind: 'How',
    kinds: { SCAN: 'Scanned at the café', PRE_ORDER: 'Ordered for later' },
    pickUp: 'Pick-up',
    atCafe: (time: string) => `${time} at the café`,
    answerBy: 'To be made by',
    chooseBy: 'To be chosen by',
    since: (status: string) => `“${status}” since`,
    created: 'Began',
    reason: 'Why',
    cancelledBy: 'Ended by',
    by: { GUEST: 'The guest', CAFE: 'The café', SYSTEM: 'The system' },
    id: 'Id',
    notChosen: 'Not chosen yet',
    journey: 'Its journey',
    total: (duration: string) => `From admission to the counter in ${duration}`,
    noJourney: 'Its events have not arrived yet.',
    execution: 'See its execution',
  },
} as const;
