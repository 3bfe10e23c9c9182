import { describe, expect, it } from 'vitest';
import { expectEnd } from './ends.ts';
import { runsFor } from './executions.ts';
import { type Subject, send } from './subject.ts';
import type { VersionTests } from './version.ts';

/** v1 looks at nothing but whether the file is a photo. */
function scenarios(subject: Subject): void {
  describe('The rule of v1', () => {
    it('publishes whatever is a photo', async () => {
      // Act
      const photoId = await send(subject);

      // Assess
      await expectEnd(subject, photoId, 'PUBLISHED');
      const [run] = await runsFor(subject, photoId);
      expect(run?.states).toEqual([
        'Claim Photo',
        'Make Renditions',
        'Photo Acceptable?',
        'Publish Photo',
        'Photo Published',
      ]);
    });

    it('refuses what is none', async () => {
      // Act
      const photoId = await send(subject, { bytes: Buffer.from('GIF89a') });

      // Assess
      expect(await expectEnd(subject, photoId, 'REJECTED')).toMatchObject({ reason: 'UNSUPPORTED_TYPE' });
      const [run] = await runsFor(subject, photoId);
      expect(run?.states).toEqual([
        'Claim Photo',
        'Make Renditions',
        'Photo Acceptable?',
        'Record Rejection',
        'Photo Rejected',
      ]);
    });
  });
}

export default { scenarios } satisfies VersionTests;
