import { expect, it, vi } from 'vitest';
import { useSwipe } from './swipe.ts';

function finger(type: string, x: number, y: number, options: PointerEventInit = {}) {
  return new PointerEvent(type, {
    clientX: x,
    clientY: y,
    pointerId: 1,
    isPrimary: true,
    pointerType: 'touch',
    ...options,
  });
}

function swiped(dx: number, dy: number, options?: PointerEventInit) {
  const calls = { onLeft: vi.fn(), onRight: vi.fn(), onDown: vi.fn() };
  const { handlers, style } = useSwipe(calls);
  handlers.pointerdown(finger('pointerdown', 200, 200, options));
  handlers.pointermove(finger('pointermove', 200 + dx, 200 + dy, options));
  handlers.pointerup();
  expect(style.value).toBeUndefined();
  return Object.entries(calls).flatMap(([name, call]) => (call.mock.calls.length > 0 ? [name] : []));
}

it.each([
  ['left', -60, 10, ['onLeft']],
  ['right', 60, -10, ['onRight']],
  ['down', 5, 100, ['onDown']],
  ['not far enough', -40, 0, []],
  ['not far enough down', 0, 70, []],
  ['up', 0, -200, []],
])('tells a swipe %s', (_, dx, dy, called) => {
  expect(swiped(dx, dy)).toEqual(called);
});

it('leaves the mouse and the second finger alone', () => {
  expect(swiped(-200, 0, { pointerType: 'mouse' })).toEqual([]);
  expect(swiped(-200, 0, { isPrimary: false })).toEqual([]);
});
