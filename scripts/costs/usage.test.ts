import { describe, expect, it } from 'vitest';
import { type Assumptions, readAssumptions } from './assumptions.ts';
import { bill, total } from './bill.ts';
import type { Counts } from './counts.ts';
import { readPrices } from './prices.ts';
import { plus, times, usageOf } from './usage.ts';

const counts: Counts = {
  of: 4,
  functions: {
    'v4 MakeRenditions': { calls: 1, memoryMb: 1769, cpuMs: 300, requests: 5, logBytes: 200 },
    'backend RouteUpload': { calls: 2, memoryMb: 442.25, cpuMs: 10, requests: 3, logBytes: 0 },
    'v4 ModeratePhoto': { calls: 1, memoryMb: 1769, cpuMs: 80, requests: 1, logBytes: 0 },
  },
  machines: {
    v4: { type: 'STANDARD', executions: 1, states: 17, ms: 900 },
    'order-manager': { type: 'EXPRESS', executions: 3, states: 5, ms: 120 },
  },
  tables: { 'backend Table': { writes: 20, reads: 10 }, 'orders Table': { writes: 1, reads: 0.5 } },
  buckets: { 'backend uploadbucket': { writes: 2, reads: 3, bytesWritten: 1 } },
  queues: { 'backend UploadQueue': { messages: 4, batches: 1 } },
  requests: { api: 2, orders: 1 },
  events: { PhotoUploaded: 1, PhotoPublished: 2 },
  iotPublications: 3,
  snsPublications: 1,
  traces: 5,
};
const assumptions: Assumptions = {
  ...readAssumptions(),
  waitMsPerRequest: 20,
  platformLogBytes: 800,
  deliveriesPerPublication: 2,
  rekognitionMs: 500,
  rekognitionMemoryMb: 256,
};

describe('usageOf', () => {
  const usage = usageOf(counts, assumptions, 'local');

  it('bills a function for its CPU time on its part of a processor and for its waits', () => {
    // 300 + 100 ms at 1769 MB, twice 40 + 60 ms at a quarter of it, 80 + 20 ms at 1769 MB.
    const seconds = 0.4 * (1769 / 1024) + 2 * 0.1 * (442.25 / 1024) + 0.1 * (1769 / 1024);
    expect(usage['lambda.gbSeconds']).toBeCloseTo(seconds, 9);
    expect(usage['lambda.requests']).toBe(4);
    expect(usage['logs.gb']).toBeCloseTo(3400 / 1e9, 15);
    expect(usage['rekognition.images']).toBe(0);
  });

  it('has Rekognition look instead, while a small function waits', () => {
    const asked = usageOf(counts, assumptions, 'rekognition');
    const saved = 0.1 * (1769 / 1024) - 0.5 * (256 / 1024);
    expect((usage['lambda.gbSeconds'] ?? 0) - (asked['lambda.gbSeconds'] ?? 0)).toBeCloseTo(saved, 9);
    expect(asked['rekognition.images']).toBe(1);
  });

  it('counts the start of a Standard execution, and rounds an Express one up', () => {
    expect(usage['states.transitions']).toBe(18);
    expect(usage['states.expressRequests']).toBe(3);
    expect(usage['states.expressGbSeconds']).toBeCloseTo(3 * 0.2 * 0.0625, 9);
  });

  it('adds up tables, buckets, queues, events, messages and requests', () => {
    expect(usage).toMatchObject({
      'dynamodb.writes': 21,
      'dynamodb.reads': 10.5,
      's3.writes': 2,
      's3.reads': 3,
      'sqs.requests': 6,
      'events.custom': 3,
      'iot.messages': 9,
      'sns.requests': 1,
      'api.requests': 3,
      'cloudfront.requests': 3,
      'xray.traces': 5,
    });
  });

  it('meters nothing that has no price', () => {
    const lines = bill(readPrices(), usage);
    expect(total(lines)).toBeGreaterThan(0);
    expect(() => bill(readPrices(), { 'sms.messages': 1 })).toThrow(/Expected a price of sms\.messages/);
  });
});

describe('bill', () => {
  const price = {
    region: 'us-east-1',
    source: 'https://aws.amazon.com/x/pricing/',
    asOf: 'undated',
  } as const;
  const prices = [
    { ...price, meter: 'a', service: 'A', unit: 'one', usd: 2 },
    {
      ...price,
      meter: 'b1',
      service: 'B',
      unit: 'two',
      usd: 3,
      free: { amount: 1, kind: 'always' as const },
    },
    { ...price, meter: 'b2', service: 'B', unit: 'three', usd: 5 },
  ];

  it('has a line for each service that is used', () => {
    expect(bill(prices, { b1: 2, b2: 1, a: 0 })).toEqual([
      {
        service: 'B',
        amounts: [
          { unit: 'two', amount: 2 },
          { unit: 'three', amount: 1 },
        ],
        usd: 11,
      },
    ]);
  });

  it('comes to the sum of its lines, less what is free', () => {
    expect(total(bill(prices, { a: 1, b1: 2 }))).toBe(8);
    expect(total(bill(prices, { a: 1, b1: 2 }, true))).toBe(5);
  });
});

describe('plus and times', () => {
  it('add usages up and multiply them', () => {
    expect(times(plus({ a: 1, b: 2 }, { b: 3 }), 2)).toEqual({ a: 2, b: 10 });
  });
});
