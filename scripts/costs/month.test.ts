import { describe, expect, it } from 'vitest';
import { readAssumptions } from './assumptions.ts';
import { type Measured, scenario } from './measured.ts';
import { activities, type Basis, renditionMb, standingUsage } from './month.ts';

const nothing = {
  takenOn: '2026-11-21',
  of: 1,
  functions: {},
  machines: {},
  tables: {},
  buckets: {},
  queues: {},
  requests: {},
  events: {},
  iotPublications: 0,
  snsPublications: 0,
  traces: 0,
};
const requests = (number: number) => ({ ...nothing, requests: { api: number } });
const distribution = { writes: 4, reads: 0, bytesWritten: 1024 * 1024 };
const measured: Measured = {
  machine: 'made up',
  standing: { alarms: 3, queueMappings: 2, apiMethods: 4, schedules: 1 },
  scenarios: {
    'photo v1': { ...nothing, buckets: { 'backend distributionbucket': distribution } },
    'photo v4, park': requests(2),
    'photo v4, café': requests(12),
    order: requests(30),
    visit: requests(7),
    'café minute': requests(17),
    'idle minute': requests(1),
  },
};
const basis: Basis = {
  measured,
  assumptions: {
    ...readAssumptions(),
    photosInCafes: 0.1,
    originalMb: 5,
    originalDays: 6,
    renditionMonths: 1,
    visitsPerUser: 2,
    picturesPerVisit: 30,
    picturesFromCache: 0.9,
    mbPerVisit: 2,
    cafes: 2,
    openMinutesPerDay: 10,
    pollsPerQueueAndMonth: 100,
    metricsPerApiMethod: 5,
    customMetrics: 6,
  },
};
const traffic = { ordersPerDay: 10, users: 1024, photosPerUser: 2 };
const of = (name: string) => activities(basis, traffic, 'local').find((one) => one.name === name);

describe('activities', () => {
  it('has each photo that a user sends, a part of them in cafés', () => {
    expect(of('photos')?.number).toBe(2048);
    expect(of('photos')?.usage['api.requests']).toBeCloseTo(2048 * 3, 6);
  });

  it('keeps an original for days and renditions for a month', () => {
    expect(renditionMb(measured)).toBe(1);
    expect(of('photos')?.usage['s3.gbMonths']).toBeCloseTo(2 * (5 * 0.2 + 1), 9);
  });

  it('has the orders of thirty days, and the minutes in which cafés are open', () => {
    expect(of('orders')).toMatchObject({ number: 300, usage: { 'api.requests': 9000 } });
    expect(of('minutes of an open café')).toMatchObject({
      number: 600,
      usage: { 'api.requests': 600 * 17, 'iot.minutes': 1200 },
    });
  });

  it('has visits with their pictures, most of them from the cache', () => {
    const usage = of('visits')?.usage;
    expect(usage?.['cloudfront.gb']).toBe(4);
    expect(usage?.['cloudfront.requests']).toBe(2048 * 37);
    expect(usage?.['s3.reads']).toBeCloseTo(2048 * 3, 6);
  });

  it('has an account for each user', () => {
    expect(of('accounts')?.usage).toEqual({ 'cognito.users': 1024 });
  });
});

describe('standingUsage', () => {
  it('has what stands in the templates, and every minute of a month', () => {
    expect(standingUsage(basis)).toMatchObject({
      'api.requests': 43_200,
      'events.schedules': 43_200,
      'cloudwatch.alarms': 3,
      'cloudwatch.metrics': 26,
      'sqs.requests': 200,
    });
  });
});

describe('scenario', () => {
  it('says how to measure what was not', () => {
    expect(() => scenario(measured, 'photo v9')).toThrow(/npm run costs -- --measure/);
  });
});
