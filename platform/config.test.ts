import { expect, it } from 'vitest';
import * as z from 'zod';
import { loadConfig } from './config.ts';

const shape = {
  TABLE_NAME: z.string().min(1),
  KEEP_DAYS: z.coerce.number().positive(),
  BUS_NAME: z.string(),
};

it('reads the environment into typed values and leaves the rest alone', () => {
  const env = { TABLE_NAME: 'table', KEEP_DAYS: '30', BUS_NAME: 'bus', PATH: '/bin' };
  expect(loadConfig(shape, env)).toEqual({ TABLE_NAME: 'table', KEEP_DAYS: 30, BUS_NAME: 'bus' });
});

it('names everything that is missing or wrong at once', () => {
  const load = () => loadConfig(shape, { TABLE_NAME: '', KEEP_DAYS: 'many' });
  expect(load).toThrow(/TABLE_NAME \(.*KEEP_DAYS \(.*BUS_NAME \(.*in its template/);
});
