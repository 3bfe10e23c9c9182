import { SignInCallback } from '@happy-path/app';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { rememberedCafe } from './state/settings.ts';
import CafesView from './views/CafesView.vue';
import CafeView from './views/CafeView.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown to everybody, signed in or not. */
    open?: boolean;
  }
}

// Nothing is loaded lazily: a screen that runs for days outlives the files of its build.
const routes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'home',
    redirect: () => {
      const cafeId = rememberedCafe();
      return cafeId === undefined ? { name: 'cafes' } : { name: 'cafe', params: { cafeId } };
    },
  },
  { path: '/cafes', name: 'cafes', component: CafesView },
  // The board is public and outlives a sign-in; only the code needs the staff.
  { path: '/cafes/:cafeId', name: 'cafe', component: CafeView, props: true, meta: { open: true } },
  { path: '/auth/callback', name: 'auth-callback', component: SignInCallback, meta: { open: true } },
  { path: '/:rest(.*)*', redirect: '/' },
];

/** The display's addresses: the café's screen, which café that is, and the way back from signing in. */
export const createDisplayRouter = () =>
  createRouter({ history: createWebHistory(import.meta.env.BASE_URL), routes });
