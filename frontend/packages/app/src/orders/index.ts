export { drinkText, money, priceOf } from './drinks.ts';
export { orderMessages } from './messages.ts';
export { type OrderStation, orderStationsOf } from './stations.ts';
export { isCancellable, isRunning, type OrderPhase, phaseOf } from './status.ts';
