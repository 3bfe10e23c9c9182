import { writeFileSync } from 'node:fs';
import { readAssumptions } from './costs/assumptions.ts';
import { documentFile, readDocument, withTables } from './costs/document.ts';
import { measure } from './costs/measure.ts';
import { readMeasured } from './costs/measured.ts';
import type { Traffic } from './costs/month.ts';
import { readPrices } from './costs/prices.ts';
import { tables } from './costs/tables.ts';
import { defaultTraffic } from './costs/traffic.ts';
import { parseArguments } from './lib/args.ts';
import { Failure, runMain } from './lib/failure.ts';

const usage =
  'npm run costs -- [--orders-per-day N] [--users N] [--photos-per-user N] [--write] [--measure [--times N] [--only SCENARIO]...]';

await runMain(async () => {
  const { values } = parseArguments(usage, {
    options: {
      'orders-per-day': { type: 'string' },
      users: { type: 'string' },
      'photos-per-user': { type: 'string' },
      write: { type: 'boolean', default: false },
      measure: { type: 'boolean', default: false },
      times: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  });
  if (values.measure) await measure({ times: number('--times', values.times, 16) || 1, only: values.only });
  const traffic: Traffic = {
    ordersPerDay: number('--orders-per-day', values['orders-per-day'], defaultTraffic.ordersPerDay),
    users: number('--users', values.users, defaultTraffic.users),
    photosPerUser: number('--photos-per-user', values['photos-per-user'], defaultTraffic.photosPerUser),
  };
  const sources = { prices: readPrices(), measured: readMeasured(), assumptions: readAssumptions() };
  const made = tables(sources, traffic);
  for (const [name, table] of Object.entries(made)) console.log(`\n${name}\n\n${table}`);
  if (values.write) writeFileSync(documentFile, withTables(readDocument(), made));
});

function number(option: string, text: string | undefined, otherwise: number): number {
  const given = text === undefined ? otherwise : Number(text);
  if (text !== '' && Number.isFinite(given) && given >= 0) return given;
  throw new Failure(`Expected ${option} to be a number from 0 on, got "${text}".\nUsage: ${usage}`);
}
