import { describe, expect, it } from 'vitest';
import { createServerClock, dateSighting } from './server-clock.ts';

const at = (device: number) => ({ asked: device - 40, answered: device });

describe('the clock', () => {
  it('leaves a device alone whose clock agrees', () => {
    const clock = createServerClock(() => 10_500);

    clock.learn({ ...at(10_500), from: 10_000, before: 11_000 });

    expect(clock.now()).toBe(10_500);
    expect(clock.corrections.value).toBe(0);
  });

  it.each([
    ['slow', 3_600_000, 3_610_000],
    ['fast', -3_600_000, -3_589_000],
  ])('puts a %s device right to the width of what was seen', (_name, from, before) => {
    const clock = createServerClock(() => 10_000);

    clock.learn({ ...at(10_000), from, before });

    expect(clock.now()).toBeGreaterThanOrEqual(from);
    expect(clock.now()).toBeLessThanOrEqual(before + 40);
    expect(clock.corrections.value).toBe(1);
  });

  it('is narrowed by the second that follows the window', () => {
    const clock = createServerClock(() => 0);
    clock.learn({ ...at(0), from: 900_000, before: 1_200_000 });

    clock.learn({ ...at(0), from: 1_100_000, before: 1_101_000 });

    expect(clock.now()).toBe(1_100_000);
  });

  it('does not take a slow answer for a late clock', () => {
    const clock = createServerClock(() => 30_000);

    // Asked in the window that ended while the answer was on its way.
    clock.learn({ asked: 5_000, answered: 30_000, from: 0, before: 10_000 });

    expect(clock.now()).toBe(30_000);
  });
});

describe('the Date header', () => {
  const moments = { asked: 1, answered: 2 };
  const date = 'Sat, 21 Nov 2026 20:00:00 GMT';
  const time = Date.UTC(2026, 10, 21, 20);

  it('tells the second in which the answer was made', () => {
    expect(dateSighting(new Headers({ date }), moments)).toEqual({
      ...moments,
      from: time,
      before: time + 1000,
    });
  });

  it('is as much older as the cache says', () => {
    expect(dateSighting(new Headers({ date, age: '30' }), moments)).toEqual({
      ...moments,
      from: time + 30_000,
      before: time + 32_000,
    });
  });

  it('says nothing where there is none', () => {
    expect(dateSighting(new Headers(), moments)).toBeUndefined();
  });
});
