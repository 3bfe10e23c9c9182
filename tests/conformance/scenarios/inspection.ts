import { describe, expect, it } from 'vitest';
import { landscape } from '../../support/pictures.ts';
import { expectEnd } from '../ends.ts';
import { runsFor } from '../executions.ts';
import { type Subject, send } from '../subject.ts';

/** The short side that the templates ask for by default. */
const leastPixels = 800;

/** A photo is looked at before anything is made of it. */
export function inspection(subject: Subject): void {
  const sized = (shortSide: number) =>
    landscape(40).resize(1000, shortSide, { fit: 'fill' }).jpeg({ quality: 80 }).toBuffer();

  describe('Inspection', () => {
    it('refuses a photo that is one pixel too small, and makes nothing of it', async () => {
      // Act
      const photoId = await send(subject, { bytes: await sized(leastPixels - 1) });

      // Assess
      const { reason, message } = await expectEnd(subject, photoId, 'REJECTED');
      expect(reason).toBe('TOO_SMALL');
      expect(message).toContain(`${leastPixels} pixels`);
      const [run] = await runsFor(subject, photoId);
      expect(run?.states.slice(-4)).toEqual([
        'Inspect Photo',
        'Photo Acceptable?',
        'Record Rejection',
        'Photo Rejected',
      ]);
    });

    it('takes one of exactly that size, and keeps what can be known of it but not where it was taken', async () => {
      // Act
      const photoId = await send(subject, { bytes: await sized(leastPixels) });

      // Assess
      const { details } = await expectEnd(subject, photoId, 'PUBLISHED');
      expect(details).toMatchObject({ type: 'jpeg', width: 1000, height: leastPixels });
    });

    it('tells camera and time, and of the position only that it was not near the place', async () => {
      // Act
      const photoId = await send(subject);

      // Assess
      const { details } = await expectEnd(subject, photoId, 'PUBLISHED');
      expect(details).toMatchObject({ camera: expect.stringContaining('Trailhead'), takenNearPlace: false });
      expect(details?.takenAt).toMatch(/^2026-06-01T10:24:36/);
      const [run] = await runsFor(subject, photoId);
      expect(JSON.stringify(run?.history)).not.toMatch(/GPS|latitude|37\.745\d|119\.593/i);
    });
  });
}
