import { beforeAll, describe, expect, it } from 'vitest';
import { type HostileFile, hostileFiles } from '../../support/hostile-files.ts';
import { expectEnd, reached } from '../ends.ts';
import { runsFor } from '../executions.ts';
import { inLanes } from '../lanes.ts';
import { type Subject, send } from '../subject.ts';

let files: Promise<readonly HostileFile[]> | undefined;

/** What becomes of files that are no photos, broken ones, traps, and odd ones that are fine. */
export function rejection(subject: Subject): void {
  describe('A hostile file', () => {
    beforeAll(async () => {
      files ??= hostileFiles();
      await files;
    });

    it('ends with its reason and leaves nothing to read, an odd one is published', async () => {
      // Prepare
      const hostile: readonly HostileFile[] = [
        ...((await files) ?? []),
        { name: 'no bytes', bytes: Buffer.alloc(0), end: 'EMPTY' },
      ];

      // Act
      const sent = await inLanes(hostile, async (file) => {
        const photoId = await send(subject, { bytes: file.bytes });
        const { item } = await reached(photoId);
        return { ...file, photoId, got: item.reason ?? item.status };
      });

      // Assess
      const ends = (key: 'end' | 'got') =>
        Object.fromEntries(sent.map((one) => [one.name, one.end.includes(one.got) ? one.end : one[key]]));
      expect(ends('got')).toEqual(ends('end'));
      await inLanes(sent, async ({ photoId, got }) => {
        await expectEnd(subject, photoId, got === 'PUBLISHED' ? 'PUBLISHED' : 'REJECTED');
        const runs = await runsFor(subject, photoId);
        expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED']);
      });
    });
  });
}
