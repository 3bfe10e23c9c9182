import { describe, expect, it } from 'vitest';
import { factsOf } from './facts.ts';
import { messages } from './messages.ts';

const { facts } = messages;
const details = { type: 'jpeg', width: 4032, height: 3024 } as const;
const where = (takenNearPlace?: boolean) =>
  new Map(factsOf({ ...details, ...(takenNearPlace !== undefined && { takenNearPlace }) })).get(facts.where);

describe('the facts of a photo', () => {
  it('are none before a workflow has looked', () => {
    expect(factsOf(undefined)).toEqual([]);
  });

  it('leave out what the file does not tell', () => {
    expect(factsOf(details).map(([term]) => term)).toEqual([facts.type, facts.size, facts.where]);
  });

  it('tell whether it was taken near its place, and when nobody knows', () => {
    expect([where(true), where(false), where()]).toEqual([facts.near, facts.far, facts.unknownWhere]);
  });

  it('show a camera time that no calendar knows as it was written', () => {
    expect(factsOf({ ...details, takenAt: '0000:00:00 00:00:00' })).toContainEqual([
      facts.taken,
      '0000:00:00 00:00:00',
    ]);
  });
});
