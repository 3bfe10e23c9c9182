import { describe, expect, it } from 'vitest';
import { expectEnd } from './ends.ts';
import { runsFor } from './executions.ts';
import { moderation } from './scenarios/moderation.ts';
import { doubtful, steered } from './steering.ts';
import { type Subject, send } from './subject.ts';
import type { VersionTests } from './version.ts';

/** v2 = v1 + moderation, with nobody to ask. */
function scenarios(subject: Subject): void {
  moderation(subject);

  describe('The rule of v2', () => {
    it('takes doubt for a no', async () => {
      await steered(subject, 'Moderate Photo', doubtful, async () => {
        // Act
        const photoId = await send(subject);

        // Assess
        const item = await expectEnd(subject, photoId, 'REJECTED');
        expect(item).toMatchObject({ reason: 'INDECENT', message: expect.stringMatching(/may not/) });
        const [run] = await runsFor(subject, photoId);
        expect(run?.states.slice(-3)).toEqual(['Photo Decent?', 'Record Rejection', 'Photo Rejected']);
      });
    });
  });
}

export default { scenarios } satisfies VersionTests;
