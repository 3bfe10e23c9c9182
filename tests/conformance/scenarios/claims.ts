import { beforeAll, describe, expect, it } from 'vitest';
import { photoKeys } from '#contracts/tables/keys.ts';
import { changeItem, endsOf, longAgo } from '../../integration/photo-items.ts';
import { expectEnd, expectHidden, reached, stored } from '../ends.ts';
import { firstFunction, holdPhoto, runsFor, statesOfGoodPhoto, stopExecution } from '../executions.ts';
import { type Subject, send, tellAgain } from '../subject.ts';

/** A photo belongs to one execution at a time, and is published once. */
export function claims(subject: Subject): void {
  const hold = () => holdPhoto(subject, firstFunction(subject));

  describe('A photo is published once', () => {
    beforeAll(() => statesOfGoodPhoto(subject, 'park'));

    it('when its event comes again after its end: that execution ends as a success named Duplicate', async () => {
      // Prepare
      const photoId = await send(subject);
      const { publishedAt, executionId } = await expectEnd(subject, photoId, 'PUBLISHED');

      // Act
      await tellAgain(subject, photoId);

      // Assess
      const runs = await runsFor(subject, photoId, 2);
      expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
      expect(endsOf(runs)).toEqual(['Duplicate', 'Photo Published']);
      expect(await expectEnd(subject, photoId, 'PUBLISHED')).toMatchObject({ publishedAt, executionId });
    });

    it('when its event comes four times at once', async () => {
      // Act
      const photoId = await send(subject, { events: 4 });

      // Assess
      const { executionId } = await expectEnd(subject, photoId, 'PUBLISHED');
      const runs = await runsFor(subject, photoId, 4);
      expect(runs.map(({ status }) => status)).toEqual(Array(4).fill('SUCCEEDED'));
      expect(endsOf(runs)).toEqual(['Duplicate', 'Duplicate', 'Duplicate', 'Photo Published']);
      expect(runs.find(({ states }) => states.at(-1) === 'Photo Published')?.arn).toBe(executionId);
    });

    it('when its event comes again while it is claimed: it stays with the one that has it, due at the end of the lease', async () => {
      // Prepare
      const { photoId, run, workers } = await hold();

      // Act
      await tellAgain(subject, photoId);

      // Assess
      try {
        const { item, keys } = await stored(photoId);
        expect(item).toMatchObject({ status: 'PROCESSING', executionId: run.arn });
        expect(Date.parse(item.leaseExpiresAt ?? '')).toBeGreaterThan(Date.now());
        expect(keys).toEqual({ GSI3PK: photoKeys.unfinished(photoId), GSI3SK: item.leaseExpiresAt });
        await expectHidden(photoId);
      } finally {
        workers.release();
      }
      await expectEnd(subject, photoId, 'PUBLISHED');
      const runs = await runsFor(subject, photoId, 2);
      expect(endsOf(runs)).toEqual(['Duplicate', 'Photo Published']);
      expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    });

    it('when its execution dies: after the lease the next event has it published by another one', async () => {
      // Prepare
      const { photoId, run, workers } = await hold();
      await stopExecution(run);
      workers.kill();

      // Act
      await changeItem(photoId, { leaseExpiresAt: longAgo });
      await tellAgain(subject, photoId);

      // Assess
      const { executionId } = await expectEnd(subject, photoId, 'PUBLISHED');
      expect(executionId).not.toBe(run.arn);
      const runs = await runsFor(subject, photoId, 2);
      expect(endsOf(runs).filter((end) => end === 'Photo Published')).toHaveLength(1);
    });

    it('when its execution was only slow and another one took over: the slow one can no longer publish it', async () => {
      // Prepare
      const { photoId, run, workers } = await hold();
      await changeItem(photoId, { leaseExpiresAt: longAgo });

      // Act
      await tellAgain(subject, photoId);
      const { publishedAt, executionId } = await expectEnd(subject, photoId, 'PUBLISHED').finally(
        workers.release,
      );

      // Assess
      expect(executionId).not.toBe(run.arn);
      const runs = await runsFor(subject, photoId, 2);
      expect(endsOf(runs)).toEqual(['Duplicate', 'Photo Published']);
      expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
      expect(runs.find(({ arn }) => arn === run.arn)?.states.at(-1)).toBe('Duplicate');
      expect(await expectEnd(subject, photoId, 'PUBLISHED')).toMatchObject({ publishedAt, executionId });
    });
  });

  describe('A photo that was deleted', () => {
    it('stays deleted when its event comes again', async () => {
      // Prepare
      const photoId = await send(subject, { events: 0 });
      await changeItem(photoId, { status: 'DELETED' });
      const before = await stored(photoId);

      // Act
      await tellAgain(subject, photoId);

      // Assess
      const runs = await runsFor(subject, photoId);
      expect(endsOf(runs)).toEqual(['Duplicate']);
      expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED']);
      expect(await stored(photoId)).toEqual(before);
      await expectHidden(photoId);
    });

    it('stays deleted when that comes in the middle of the work', async () => {
      // Prepare
      const { photoId, workers } = await hold();
      await changeItem(photoId, { status: 'DELETED' });

      // Act
      workers.release();

      // Assess
      const runs = await runsFor(subject, photoId);
      expect(endsOf(runs)).toEqual(['Duplicate']);
      expect((await reached(photoId)).item).toMatchObject({ status: 'DELETED' });
    });
  });
}
