import { describe, expect, it } from 'vitest';
import { addUp, shortName } from './counts.ts';
import { parseLines } from './lines.ts';

const route = 'happy-path-backend-RouteUploadFunction-7085DA5805DDB';
const sweep = 'happy-path-backend-SweepPhotosFunction-88DFF3E9E84A4';

const invocation = (name: string, key: string, source = '') => ({
  kind: 'invocation',
  at: 1,
  function: name,
  memoryMb: 512,
  source,
  logBytes: 100,
  key,
});
const written = [
  { kind: 'request', stage: 'api' },
  invocation(route, 'ASIA1', 'aws:sqs'),
  invocation(route, 'ASIA1', 'aws:sqs'),
  invocation(sweep, 'ASIA2'),
  { kind: 'table', by: 'ASIA1', table: 'happy-path-backend-Table-C63D00000000', reads: 0, writes: 3 },
  { kind: 'table', by: 'states', table: 'happy-path-backend-Table-C63D00000000', reads: 0.5, writes: 0 },
  { kind: 'table', by: 'ASIA2', table: 'happy-path-backend-Table-C63D00000000', reads: 8, writes: 0 },
  {
    kind: 'object',
    by: 'ASIA1',
    bucket: 'happy-path-backend-uploadbucket-19fc21e5488f8',
    action: 'GET',
    bytes: 0,
  },
  {
    kind: 'object',
    by: 'visitor',
    bucket: 'happy-path-backend-uploadbucket-19fc21e5488f8',
    action: 'POST',
    bytes: 4000,
  },
  {
    kind: 'object',
    by: 'ASIA1',
    bucket: 'happy-path-backend-uploadbucket-19fc21e5488f8',
    action: 'DELETE',
    bytes: 0,
  },
  { kind: 'call', by: 'ASIA1', service: 'events' },
  { kind: 'call', by: 'ASIA1', service: 'iot' },
  { kind: 'event', detailType: 'PhotoUploaded' },
  { kind: 'execution', machine: 'happy-path-local-v4', type: 'STANDARD', states: 17, ms: 900 },
  { kind: 'message', queue: 'happy-path-backend-UploadQueue-FFAA0CB4E1C18' },
  { kind: 'message', queue: 'happy-path-backend-UploadQueue-FFAA0CB4E1C18' },
  { kind: 'batch', queue: 'happy-path-backend-UploadQueue-FFAA0CB4E1C18' },
  { kind: 'publication' },
];
const lines = parseLines(`${written.map((one) => JSON.stringify(one)).join('\n')}\n`);
const cpuSeconds = new Map([
  [route, 0.05],
  [sweep, 9],
]);

describe('addUp', () => {
  const counts = addUp({ lines, of: 2, cpuSeconds, background: /Sweep/ });

  it('shares what was counted out among the things that were done', () => {
    expect(counts.requests).toEqual({ api: 0.5 });
    expect(counts.events).toEqual({ PhotoUploaded: 0.5 });
    expect(counts.machines).toEqual({ v4: { type: 'STANDARD', executions: 0.5, states: 17, ms: 900 } });
    expect(counts.queues).toEqual({ 'backend UploadQueue': { messages: 1, batches: 0.5 } });
    expect([counts.iotPublications, counts.snsPublications]).toEqual([0.5, 0.5]);
  });

  it('tells for each call of a function its CPU time and its requests', () => {
    expect(counts.functions).toEqual({
      'backend RouteUpload': { calls: 1, memoryMb: 512, cpuMs: 25, requests: 2.5, logBytes: 100 },
    });
  });

  it('counts nothing of what runs by itself', () => {
    expect(counts.tables).toEqual({ 'backend Table': { writes: 1.5, reads: 0.25 } });
    const all = addUp({ lines, of: 2, cpuSeconds });
    expect(all.tables['backend Table']?.reads).toBe(4.25);
    expect(all.functions['backend SweepPhotos']?.cpuMs).toBe(9000);
  });

  it('tells writes from reads of a bucket and leaves deletions out', () => {
    expect(counts.buckets).toEqual({
      'backend uploadbucket': { writes: 0.5, reads: 0.5, bytesWritten: 2000 },
    });
  });

  it('begins a trace at the API and at each batch', () => {
    expect(counts.traces).toBe(1.5);
  });
});

describe('shortName', () => {
  it.each([
    ['happy-path-workflow-v4-MakeRenditionsFunction-CACE0617160D5', 'v4 MakeRenditions'],
    ['happy-path-orders-Table-C63D01234567', 'orders Table'],
    ['happy-path-local-order-processor', 'order processor'],
  ])('shortens %s', (name, short) => {
    expect(shortName(name)).toBe(short);
  });
});
