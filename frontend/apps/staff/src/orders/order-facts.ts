import type { Order } from '@happy-path/api-client';
import { drinkText, money } from '@happy-path/app';
import { formatExactTime } from '@happy-path/ui';
import { type Fact, given } from '../facts.ts';
import { messages } from './messages.ts';
import { clockIn } from './times.ts';

/** What is known of an order, term by term. */
export function factsOfOrder(order: Order, timeZone: string | undefined): Fact[] {
  const { order: words, status } = messages;
  const { drink } = order;
  const answerBy = order.status === 'AWAITING_CHOICE' ? words.chooseBy : words.answerBy;
  return [
    [words.drink, drink ? drinkText(drink) : words.notChosen],
    ...given(words.name, order.name),
    ...given(words.price, drink && money(drink.cents, order.currency)),
    [words.kind, words.kinds[order.kind]],
    ...given(words.pickUp, order.pickUpAt && words.atCafe(clockIn(order.pickUpAt, timeZone))),
    ...given(answerBy, order.answerBy && formatExactTime(order.answerBy)),
    [words.created, formatExactTime(order.createdAt)],
    [words.since(status[order.status]), formatExactTime(order.statusAt)],
    ...given(words.reason, order.message),
    ...given(words.cancelledBy, order.cancelledBy && words.by[order.cancelledBy]),
    [words.id, order.orderId],
  ];
}
