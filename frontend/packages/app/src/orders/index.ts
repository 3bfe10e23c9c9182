export { drinkText, money, priceOf } from './drinks.ts';
export { orderMessages } from './messages.ts';
export { isCancellable, isRunning, type OrderPhase, phaseOf } from './status.ts';
