export { default as JourneyEvents } from './components/JourneyEvents.vue';
export { default as JourneyLine } from './components/JourneyLine.vue';
export { default as ListRest } from './components/ListRest.vue';
export { default as PopUps } from './components/PopUps.vue';
export { default as SignInCallback } from './components/SignInCallback.vue';
export { default as StaffSignIn } from './components/StaffSignIn.vue';
export { default as StartFailed } from './components/StartFailed.vue';
export { type Station, type StationName, stationsOf } from './journey-stations.ts';
export { loadErrorOf } from './load-error.ts';
export { counted, messages as commonMessages } from './messages.ts';
export type { Network } from './network.ts';
export {
  drinkText,
  isCancellable,
  isRunning,
  money,
  type OrderPhase,
  type OrderStation,
  orderMessages,
  orderStationsOf,
  phaseOf,
  priceOf,
} from './orders/index.ts';
export type { Page } from './paging.ts';
export { createServices, provideServices, type Services, useServices } from './services.ts';
export type { Toast, ToastKind, Toasts } from './toasts.ts';
export type { Loadable, LoadError, LoadState, PagedList } from './types.ts';
export { type UseJourney, useJourney } from './useJourney.ts';
export { type LiveTopicsOptions, useLiveTopics } from './useLiveTopics.ts';
export { type Load, useLoad } from './useLoad.ts';
export { useNetwork } from './useNetwork.ts';
export { type EditablePagedList, usePagedList } from './usePagedList.ts';
export { type UsePhoto, usePhoto } from './usePhoto.ts';
export { type UseRetry, useRetry } from './useRetry.ts';
export { useToasts } from './useToasts.ts';
