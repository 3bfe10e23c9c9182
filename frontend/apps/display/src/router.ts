import { SignInCallback } from '@happy-path/app';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import HomeView from './views/HomeView.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown to everybody, signed in or not. */
    open?: boolean;
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomeView },
  { path: '/auth/callback', name: 'auth-callback', component: SignInCallback, meta: { open: true } },
  { path: '/:rest(.*)*', redirect: '/' },
];

/** The display's addresses: it has one screen, and the way back from signing in. */
export const createDisplayRouter = () =>
  createRouter({ history: createWebHistory(import.meta.env.BASE_URL), routes });
