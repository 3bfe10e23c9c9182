import { expect, it } from 'vitest';
import { limit } from './limit.ts';

it('runs as many works at a time as it may, in their order, and goes on after one that fails', async () => {
  const atOnce = limit(2);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const work = (number: number) =>
    atOnce(async () => {
      started.push(number);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (number === 0) throw new Error('failed');
      return number;
    });
  const works = Promise.allSettled([0, 1, 2, 3].map(work));
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  await settle();
  expect(started).toEqual([0, 1]);
  ends[0]?.();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  for (const number of [1, 2, 3]) {
    ends[number]?.();
    await settle();
  }

  expect((await works).map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});
