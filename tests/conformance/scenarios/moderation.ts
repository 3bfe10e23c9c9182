import { describe, expect, it } from 'vitest';
import { expectEnd } from '../ends.ts';
import { runsFor } from '../executions.ts';
import { refusing, steered } from '../steering.ts';
import { type Subject, send } from '../subject.ts';

/** A picture that moderation is sure about is refused. */
export function moderation(subject: Subject): void {
  describe('Moderation', () => {
    it('refuses a photo that it is sure about, and keeps what it saw', async () => {
      await steered(subject, 'Moderate Photo', refusing, async () => {
        // Act
        const photoId = await send(subject);

        // Assess
        const item = await expectEnd(subject, photoId, 'REJECTED');
        expect(item).toMatchObject({ reason: 'INDECENT', labels: expect.any(Array) });
        expect(item.labels).not.toEqual([]);
        const [run] = await runsFor(subject, photoId);
        expect(run).toMatchObject({ status: 'SUCCEEDED' });
        expect(run?.states).toContain('Moderate Photo');
        expect(run?.states.slice(-2)).toEqual(['Record Rejection', 'Photo Rejected']);
        expect(run?.states).not.toContain('Release Renditions');
      });
    });

    it('lets a decent one pass', async () => {
      // Act
      const photoId = await send(subject);

      // Assess
      await expectEnd(subject, photoId, 'PUBLISHED');
      const [run] = await runsFor(subject, photoId);
      expect(run?.states).toEqual(expect.arrayContaining(['Moderate Photo', 'Release Renditions']));
    });
  });
}
