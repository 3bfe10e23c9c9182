import { type Services, SignInCallback } from '@happy-path/app';
import { nextTick } from 'vue';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { messages } from './messages.ts';
import { homeOf, orderRoles, photoRoles, type Role } from './roles.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** What the browser's tab says until the view knows better. */
    title?: string;
    /** Who may see the view; without it the whole staff. */
    roles?: readonly Role[];
    /** Shown to everybody, signed in or not. */
    open?: boolean;
  }
}

const routes: RouteRecordRaw[] = [
  // Nobody stays here, see beforeEach.
  { path: '/', name: 'home', component: { render: () => null } },
  {
    path: '/review',
    name: 'review',
    component: () => import('./reviews/ReviewView.vue'),
    meta: { title: messages.review.title, roles: photoRoles },
  },
  {
    path: '/photos',
    name: 'photos',
    component: () => import('./photos/PhotosView.vue'),
    meta: { title: messages.photos.title },
  },
  {
    path: '/photos/:photoId',
    name: 'photo',
    component: () => import('./photos/PhotoView.vue'),
    props: true,
    meta: { title: messages.photo.title },
  },
  {
    path: '/photos/:photoId/execution',
    name: 'execution',
    component: () => import('./executions/ExecutionView.vue'),
    props: true,
    meta: { title: messages.execution.title },
  },
  {
    path: '/failed',
    name: 'failed',
    component: () => import('./failed/FailedView.vue'),
    meta: { title: messages.failed.title, roles: photoRoles },
  },
  {
    path: '/workflows',
    name: 'workflows',
    component: () => import('./workflows/WorkflowsView.vue'),
    meta: { title: messages.workflows.title },
  },
  {
    path: '/cafes',
    name: 'orders',
    component: () => import('./orders/CafesView.vue'),
    meta: { title: messages.orders.title, roles: orderRoles },
  },
  {
    path: '/cafes/:cafeId',
    component: () => import('./orders/CafeView.vue'),
    props: true,
    meta: { title: messages.orders.title, roles: orderRoles },
    children: [
      { path: '', name: 'board', component: () => import('./orders/BoardView.vue') },
      {
        path: 'menu',
        name: 'menu',
        component: () => import('./menu/MenuView.vue'),
        meta: { title: messages.menu.title },
      },
      {
        path: 'orders/:orderId',
        name: 'cafe-order',
        component: () => import('./orders/OrderView.vue'),
        props: true,
        meta: { title: messages.order.title },
      },
      {
        path: 'orders/:orderId/execution',
        name: 'order-execution',
        component: () => import('./orders/OrderExecutionView.vue'),
        props: true,
        meta: { title: messages.execution.title },
      },
    ],
  },
  { path: '/auth/callback', name: 'auth-callback', component: SignInCallback, meta: { open: true } },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./views/NotFoundView.vue') },
];

/** The app's addresses; `/` leads to what the person does most. */
export function createStaffRouter({
  session,
  toasts,
  config,
}: Pick<Services, 'session' | 'toasts' | 'config'>) {
  const router = createRouter({ history: createWebHistory(import.meta.env.BASE_URL), routes });
  router.beforeEach((to) => {
    const groups = session.user.value?.groups;
    if (to.name !== 'home' || groups === undefined) return true;
    return { name: homeOf(groups, config.ordersBase !== undefined), replace: true };
  });
  router.onError(() => toasts.show({ kind: 'attention', text: messages.errors.viewUnreachable }));
  router.afterEach(async (to, from) => {
    document.title = `${to.meta.title ? `${to.meta.title} · ` : ''}${messages.app.name}`;
    if (!from.name || to.name === from.name) return;
    await nextTick();
    document.querySelector<HTMLElement>('[data-page-heading]')?.focus({ preventScroll: true });
  });
  return router;
}
