import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { readItem } from '../../integration/photo-items.ts';
import { expectEnd, expectHidden, stored } from '../ends.ts';
import { failures, runsFor } from '../executions.ts';
import { type Subject, send, tell, uploadedDetail } from '../subject.ts';

/** What nobody can work on fails visibly: an alarm counts failed executions, the staff sees failed photos. */
export function poison(subject: Subject): void {
  const expectFailed = async (mark: string) => {
    const [run] = await runsFor(subject, mark);
    expect(run).toMatchObject({ status: 'FAILED' });
    expect(run?.states.at(-1)).toBe('Workflow Failed');
    return run;
  };

  // None of them holds a worker up, so they may come at the same time.
  describe('Poison', () => {
    it.concurrent('that is an event without its original fails the photo and the execution', async () => {
      // Act
      const photoId = await send(subject, { bytes: null });

      // Assess
      const item = await expectEnd(subject, photoId, 'FAILED');
      expect(item).toMatchObject({ reason: 'WORKFLOW_FAILED', message: expect.stringMatching(/again/i) });
      const run = await expectFailed(photoId);
      expect(run && failures(run), 'tried once: it cannot come back').toBe(1);
    });

    it.concurrent('that is an event about an object outside the uploads fails the photo and the execution', async () => {
      // Prepare
      const photoId = await send(subject, { events: 0 });
      const detail = uploadedDetail(subject, photoId);

      // Act
      await tell({ ...detail, data: { ...detail.data, key: 'photos/x/share.jpg' } });

      // Assess
      await expectEnd(subject, photoId, 'FAILED');
      await expectFailed(photoId);
    });

    it.concurrent('that is an event about a photo nobody knows leaves nothing behind', async () => {
      // Prepare
      const photoId = ulid();

      // Act
      await tell(uploadedDetail(subject, photoId));

      // Assess
      const [run] = await runsFor(subject, photoId);
      expect(run?.states).toHaveLength(2);
      expect(run?.states.at(-1)).toBe('Duplicate');
      expect(await readItem(photoId)).toBeUndefined();
      await expectHidden(photoId);
    });

    it.concurrent.each<[string, (mark: string) => object]>([
      ['data without a photo', (mark) => ({ mark })],
      ['a photo id that is no text', (mark) => ({ mark, photoId: { mark } })],
      ['a photo id that is null', (mark) => ({ mark, photoId: null })],
    ])('that is an event of %s fails the execution', async (_name, data) => {
      // Prepare
      const mark = ulid();
      const detail = uploadedDetail(subject, mark);

      // Act
      await tell({ ...detail, data: { workflow: subject.version, ...data(mark) } });

      // Assess
      await expectFailed(mark);
    });

    it.concurrent('that is an event of a photo and nothing else fails that photo', async () => {
      // Prepare
      const photoId = await send(subject, { events: 0 });

      // Act
      await tell({ ...uploadedDetail(subject, photoId), data: { workflow: subject.version, photoId } });

      // Assess
      await expectFailed(photoId);
      expect((await stored(photoId)).item).toMatchObject({ status: 'FAILED', reason: 'WORKFLOW_FAILED' });
    });
  });
}
