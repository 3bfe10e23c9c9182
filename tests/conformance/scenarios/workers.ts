import { describe, expect, it } from 'vitest';
import { functionSteps } from '../definition.ts';
import { expectEnd, expectHidden } from '../ends.ts';
import { failures, holdPhoto, runsFor } from '../executions.ts';
import type { Subject } from '../subject.ts';

/** The worker of each state that calls a function is killed in turn, in the middle of its work. */
export function workers(subject: Subject): void {
  describe('A killed worker', () => {
    it.each(functionSteps(subject.definition))('of $name costs a retry, not the photo', async (step) => {
      // Prepare
      const held = await holdPhoto(subject, step);

      // Act: nothing can be read while it is undecided.
      await expectHidden(held.photoId).finally(held.workers.kill);

      // Assess
      await expectEnd(subject, held.photoId, 'PUBLISHED');
      const [run, ...others] = await runsFor(subject, held.photoId);
      expect(others).toEqual([]);
      expect(run?.status).toBe('SUCCEEDED');
      expect(run?.states.filter((name) => name === 'Photo Published')).toHaveLength(1);
      expect(run && failures(run)).toBeGreaterThan(0);
    });
  });
}
