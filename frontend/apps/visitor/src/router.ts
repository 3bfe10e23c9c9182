import { nextTick } from 'vue';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { messages } from './messages.ts';
import HomeView from './views/HomeView.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** What the browser's tab says until the view knows better. */
    title?: string;
    /** The map stands behind or beside this view on a phone too. */
    map?: boolean;
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomeView, meta: { title: messages.places.title, map: true } },
  {
    path: '/places/:placeId',
    name: 'place',
    component: () => import('./views/PlaceView.vue'),
    props: (to) => ({ placeId: String(to.params.placeId) }),
    children: [
      {
        path: 'photos/:photoId',
        name: 'place-photo',
        component: () => import('./views/LightboxView.vue'),
        props: true,
      },
    ],
  },
  { path: '/photos/:photoId', name: 'photo', component: () => import('./views/PhotoView.vue'), props: true },
  {
    path: '/photos/:photoId/journey',
    name: 'journey',
    component: () => import('./views/JourneyView.vue'),
    props: true,
    meta: { title: messages.journey.title },
  },
  {
    path: '/me',
    name: 'me',
    component: () => import('./views/MeView.vue'),
    meta: { title: messages.me.title },
  },
  {
    path: '/me/orders',
    name: 'my-orders',
    component: () => import('./orders/views/MyOrdersView.vue'),
    meta: { title: messages.me.ordersTitle },
  },
  // Not below `/orders`, which is the API's.
  {
    path: '/me/orders/:orderId',
    name: 'order',
    component: () => import('./orders/views/OrderView.vue'),
    props: true,
    meta: { title: messages.me.orderTitle },
  },
  {
    path: '/cafes/:cafeId/scan',
    name: 'scan',
    component: () => import('./orders/views/ScanView.vue'),
    props: true,
    meta: { title: messages.place.scan },
  },
  {
    path: '/cafes/:cafeId/order',
    name: 'pre-order',
    component: () => import('./orders/views/PreOrderView.vue'),
    props: true,
    meta: { title: messages.place.preOrder },
  },
  { path: '/auth/callback', name: 'auth-callback', component: () => import('./views/AuthCallbackView.vue') },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./views/NotFoundView.vue') },
];

/**
 * The app's addresses; each view can be linked to and the title follows.
 *
 * @param warn - told when a view's code cannot be reached: before the service worker has kept it, or after a new
 * version went live
 */
export function createVisitorRouter(warn: (text: string) => void) {
  const router = createRouter({ history: createWebHistory(), routes });
  router.onError(() => warn(messages.errors.viewUnreachable));
  router.afterEach(async (to, from) => {
    setPageTitle(to.meta.title);
    if (!from.name || to.name === from.name) return;
    await nextTick();
    if (to.name !== 'place-photo' && from.name !== 'place-photo') focusHeading();
  });
  return router;
}

/** Puts a view's name into the tab, before the app's. */
export function setPageTitle(title: string | undefined): void {
  document.title = title ? `${title} · ${messages.app.name}` : messages.app.name;
}

/** Gives the focus to the view's heading: so a screen reader learns of a new view as a page load would tell it. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('[data-page-heading]')?.focus({ preventScroll: true });
}
