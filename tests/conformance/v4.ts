import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ranger, web } from '../integration/app.ts';
import { callApi } from '../support/api.ts';
import { expectEnd, reached } from './ends.ts';
import { runsFor } from './executions.ts';
import { inspection } from './scenarios/inspection.ts';
import { moderation } from './scenarios/moderation.ts';
import { review, reviewRoads } from './scenarios/review.ts';
import { doubtful, steered } from './steering.ts';
import { type PlaceKind, type Subject, send } from './subject.ts';
import type { VersionTests } from './version.ts';

const pictures = join(import.meta.dirname, '..', 'vision', 'pictures');

/** A photograph of the real world, large enough to be taken. */
const photograph = (name: string) =>
  sharp(join(pictures, `${name}.jpg`))
    .resize({ width: 1200 })
    .jpeg({ quality: 85 })
    .toBuffer();

/** v4 = v3 + what matters depends on the place: in a café nobody wants to be on the map. */
function scenarios(subject: Subject): void {
  inspection(subject);
  moderation(subject);
  review(subject);

  describe('The rule of v4', () => {
    it.each<{ place: PlaceKind; check: string; other: string }>([
      { place: 'park', check: 'Moderate Photo', other: 'Detect People' },
      { place: 'cafe', check: 'Detect People', other: 'Moderate Photo' },
    ])('has photos of a $place go through $check', async ({ place, check, other }) => {
      // Act
      const photoId = await send(subject, { place });

      // Assess
      await expectEnd(subject, photoId, 'PUBLISHED');
      const [run] = await runsFor(subject, photoId);
      expect(run?.states).toContain(check);
      expect(run?.states).not.toContain(other);
    });

    it('refuses somebody in a café, and takes a cup of coffee and somebody in a park', async () => {
      // Act
      const [portrait, coffee] = [await photograph('astronaut'), await photograph('coffee')];
      const refused = await send(subject, { place: 'cafe', bytes: portrait });
      const fine = [
        await send(subject, { place: 'cafe', bytes: coffee }),
        await send(subject, { place: 'park', bytes: portrait }),
      ];

      // Assess
      const item = await expectEnd(subject, refused, 'REJECTED');
      expect(item).toMatchObject({ reason: 'PEOPLE', message: expect.stringMatching(/people/) });
      expect(item.labels).not.toEqual([]);
      for (const photoId of fine) await expectEnd(subject, photoId, 'PUBLISHED');
    });

    it('asks a ranger when there may be people', async () => {
      await steered(subject, 'Detect People', doubtful, async () => {
        // Act
        const photoId = await send(subject, { place: 'cafe' });

        // Assess
        expect((await reached(photoId, 'IN_REVIEW')).item).toMatchObject({ status: 'IN_REVIEW' });
        const { token } = await ranger();
        await callApi(web, 'POST', `/reviews/${photoId}`, { token, body: { decision: 'approve' } });
        await expectEnd(subject, photoId, 'PUBLISHED');
      });
    });
  });
}

export default { roads: reviewRoads, scenarios } satisfies VersionTests;
