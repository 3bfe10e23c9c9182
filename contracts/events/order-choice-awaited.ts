import { defineOrderEvent } from './order-event.ts';

/** The café has room for the order and waits for its guest to choose a drink. */
export const orderChoiceAwaited = defineOrderEvent('OrderChoiceAwaited');
