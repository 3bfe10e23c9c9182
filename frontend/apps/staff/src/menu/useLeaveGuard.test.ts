import { enableAutoUnmount, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, ref } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { useLeaveGuard } from './useLeaveGuard.ts';

enableAutoUnmount(afterEach);

async function prepare({ dirty = true } = {}) {
  const isDirty = ref(dirty);
  let guard: ReturnType<typeof useLeaveGuard> | undefined;
  const Menu = defineComponent({
    setup() {
      guard = useLeaveGuard(isDirty);
      return () => null;
    },
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/menu', component: Menu },
      { path: '/board', component: { render: () => null } },
    ],
  });
  await router.push('/menu');
  mount(RouterView, { global: { plugins: [router] } });
  if (!guard) throw new Error('Expected the menu to be shown');
  const at = () => router.currentRoute.value.path;
  const asksBrowser = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
  return { guard, router, at, asksBrowser };
}

describe('leaving', () => {
  it('asks nothing when all is saved', async () => {
    const { guard, router, at, asksBrowser } = await prepare({ dirty: false });
    expect(asksBrowser()).toBe(false);

    await router.push('/board');

    expect([at(), guard.asking.value]).toEqual(['/board', false]);
  });

  it.each([
    [true, '/board'],
    [false, '/menu'],
  ])('waits for an answer: %j leads to %s', async (answer, path) => {
    const { guard, router, at } = await prepare();

    const way = router.push('/board');
    await vi.waitFor(() => expect(guard.asking.value).toBe(true));
    expect(at()).toBe('/menu');
    guard.answer(answer);
    await way;

    expect([at(), guard.asking.value]).toEqual([path, false]);
  });

  it('lets the browser ask before the page closes, until the menu is left', async () => {
    const { guard, router, asksBrowser } = await prepare();
    expect(asksBrowser()).toBe(true);

    const way = router.push('/board');
    await vi.waitFor(() => expect(guard.asking.value).toBe(true));
    guard.answer(true);
    await way;

    expect(asksBrowser()).toBe(false);
  });
});
