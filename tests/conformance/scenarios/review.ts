import { DeleteCommand, paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rangerMessages } from '#contracts/photos.ts';
import { journeyKeys, objectKeys, photoKeys } from '#contracts/tables/keys.ts';
import { limit } from '../../../scripts/lib/limit.ts';
import { aws, outputs, ranger, web } from '../../integration/app.ts';
import { changeItem, endsOf, runsOf } from '../../integration/photo-items.ts';
import type { ValueMap } from '../../static/templates.ts';
import { callApi } from '../../support/api.ts';
import { landscape } from '../../support/pictures.ts';
import type { User } from '../../support/users.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { assigning, hurried, impossible } from '../breaking.ts';
import { withState } from '../definition.ts';
import { expectEnd, expectHidden, reached, stored } from '../ends.ts';
import { runsFor } from '../executions.ts';
import { reviewSeconds } from '../parameters.ts';
import { doubtful, steer } from '../steering.ts';
import { type Subject, send, tellAgain } from '../subject.ts';
import type { Road } from '../version.ts';

const reject = { decision: 'reject', reason: 'ADVERTISEMENT' } as const;
const approve = { decision: 'approve' } as const;

/** Everything that the journey recorder wrote about a photo. */
async function journeyOf(photoId: string): Promise<string> {
  const { Items = [] } = await aws.dynamodb.send(
    new QueryCommand({
      TableName: outputs.tableName,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': journeyKeys.partition(photoId) },
    }),
  );
  return JSON.stringify(Items);
}

/** Takes back what is remembered of refused pictures; the next version is shown the same ones. */
async function forgetRefusals(): Promise<void> {
  const of = { TableName: outputs.tableName };
  const FilterExpression = 'begins_with(PK, :refused)';
  const ExpressionAttributeValues = { ':refused': 'REFUSED#' };
  const pages = paginateScan(
    { client: aws.dynamodb },
    { ...of, FilterExpression, ExpressionAttributeValues },
  );
  for await (const { Items = [] } of pages) {
    for (const { PK, SK } of Items) await aws.dynamodb.send(new DeleteCommand({ ...of, Key: { PK, SK } }));
  }
}

/** A photo in doubt waits for a ranger, whose first decision counts. */
export function review(subject: Subject): void {
  let restore: () => Promise<void> = async () => undefined;
  let staff: User;

  const decide = ({ token }: User, photoId: string, body: object) =>
    callApi(web, 'POST', `/reviews/${photoId}`, { token, body });
  // Waiting costs nothing; workers that begin all at the same time hold each other up.
  const aFewAtOnce = limit(2);
  const inReview = (bytes?: Buffer) =>
    aFewAtOnce(async () => {
      const photoId = await send(subject, bytes ? { bytes } : {});
      const waiting = await reached(photoId, 'IN_REVIEW');
      expect(waiting.item.status, waiting.item.reason ?? '').toBe('IN_REVIEW');
      return { photoId, ...waiting };
    });

  describe('A photo in doubt', () => {
    beforeAll(async () => {
      staff = await ranger();
      restore = await steer(subject, 'Moderate Photo', doubtful);
    });
    afterAll(async () => {
      await restore();
      await forgetRefusals();
    });

    it.concurrent('waits for a ranger with all that is needed to decide, unseen by everybody else', async () => {
      // Act
      const { photoId, item, keys } = await inReview();

      // Assess
      const { reviewBy = '', leaseExpiresAt = '', taskToken = '', statusAt } = item;
      expect(keys).toEqual({
        GSI3PK: photoKeys.unfinished(photoId),
        GSI3SK: leaseExpiresAt,
        GSI4PK: photoKeys.attention('IN_REVIEW'),
        GSI4SK: photoKeys.since(statusAt, photoId),
      });
      const seconds = (Date.parse(reviewBy) - Date.parse(statusAt)) / 1000;
      expect(Math.abs(seconds - reviewSeconds)).toBeLessThan(5);
      expect(leaseExpiresAt > reviewBy).toBe(true);
      expect(item.labels).not.toEqual([]);
      expect(item).toMatchObject({
        workflow: subject.version,
        details: { type: 'jpeg' },
        picture: objectKeys.staged(`${objectKeys.renditions(photoId)}preview.jpg`),
      });
      await expectHidden(photoId);
      const told = await waitUntil('PhotoReviewRequested', async () => {
        const journey = await journeyOf(photoId);
        return journey.includes('PhotoReviewRequested') ? journey : undefined;
      });
      expect(taskToken).not.toBe('');
      expect(told).not.toContain(taskToken);
    });

    it.concurrent('is published when a ranger approves it', async () => {
      // Prepare
      const { photoId } = await inReview();

      // Act
      const { status } = await decide(staff, photoId, approve);

      // Assess
      expect(status).toBe(200);
      await expectEnd(subject, photoId, 'PUBLISHED');
      const [run, ...others] = await runsFor(subject, photoId);
      expect(others).toEqual([]);
      expect(run?.states).toEqual(
        expect.arrayContaining(['Wait For Ranger', 'Ranger Approved?', 'Publish Photo']),
      );
    });

    // What is refused is remembered, so these pictures are unlike all others of these tests.
    it.concurrent('is refused when a ranger rejects it, and so is at once whatever looks like it', async () => {
      // Prepare
      const picture = landscape(77).flip();
      const { photoId } = await inReview(await picture.clone().jpeg({ quality: 90 }).toBuffer());

      // Act
      const { status } = await decide(staff, photoId, reject);

      // Assess
      expect(status).toBe(200);
      const refused = { reason: reject.reason, message: rangerMessages[reject.reason] };
      expect(await expectEnd(subject, photoId, 'REJECTED')).toMatchObject(refused);
      const again = picture.clone().resize(1000, 810, { fit: 'fill' }).webp({ quality: 60 });
      const copy = await send(subject, { bytes: await again.toBuffer() });
      expect(await expectEnd(subject, copy, 'REJECTED')).toMatchObject(refused);
      const [run] = await runsFor(subject, copy);
      expect(run?.states).not.toContain('Moderate Photo');
    });

    it.concurrent('has one end when two rangers decide at once', async () => {
      // Prepare
      const other = await ranger();
      const picture = landscape(79).rotate(90);
      const { photoId } = await inReview(await picture.jpeg({ quality: 90 }).toBuffer());

      // Act
      const answers = await Promise.all([
        decide(staff, photoId, approve),
        decide(other, photoId, { ...reject, reason: 'OTHER' }),
      ]);

      // Assess
      const statuses = answers.map(({ status }) => status);
      expect([...statuses].sort()).toEqual([200, 409]);
      await expectEnd(subject, photoId, statuses[0] === 200 ? 'PUBLISHED' : 'REJECTED');
    });

    it.concurrent('stays with the execution that waits when its event comes again', async () => {
      // Prepare
      const { photoId, item } = await inReview();

      // Act
      await tellAgain(subject, photoId);

      // Assess
      const [, second] = await waitUntil('a second execution', async () => {
        const runs = await runsOf(photoId, subject.version);
        return runs.length === 2 && runs[1]?.status !== 'RUNNING' ? runs : undefined;
      });
      expect(second).toMatchObject({ status: 'SUCCEEDED' });
      expect(second?.states).toEqual(['Claim Photo', 'Duplicate']);
      expect((await stored(photoId)).item).toEqual(item);
      expect((await decide(staff, photoId, approve)).status).toBe(200);
      await expectEnd(subject, photoId, 'PUBLISHED');
    });

    it.concurrent('is refused when nobody decides in time, and a late decision is too late', async () => {
      // Prepare
      const { photoId } = await inReview();

      // Act
      const item = await expectEnd(subject, photoId, 'REJECTED');

      // Assess
      expect(item).toMatchObject({ reason: 'REVIEW_TIMED_OUT', message: expect.stringMatching(/again/) });
      expect((await decide(staff, photoId, approve)).status).toBe(409);
      const [run] = await runsFor(subject, photoId);
      expect(run?.states.slice(-2)).toEqual(['Record Time-Out', 'Photo Rejected']);
      expect(run?.status).toBe('SUCCEEDED');
    });

    it.concurrent.each([
      { given: approve, end: 'PUBLISHED' as const },
      { given: { ...reject, message: rangerMessages.ADVERTISEMENT }, end: 'REJECTED' as const },
    ])(
      'is $end at the time-out when a decision was written and its answer was lost',
      async ({ given, end }) => {
        // Prepare
        const { photoId } = await inReview();

        // Act
        await changeItem(photoId, { ...given, decidedBy: 'ranger', decidedAt: new Date().toISOString() });

        // Assess
        const item = await expectEnd(subject, photoId, end);
        if (end === 'REJECTED') expect(item).toMatchObject({ reason: 'ADVERTISEMENT' });
        const [run] = await runsFor(subject, photoId);
        expect(run?.states).toEqual(
          expect.arrayContaining(['Record Time-Out', 'Get Decision', 'Ranger Approved?']),
        );
      },
    );

    it.concurrent('is left alone by an execution that no longer has it', async () => {
      // Prepare
      const { photoId } = await inReview();
      await changeItem(photoId, { executionId: 'arn:aws:states:another' });
      const before = await stored(photoId);

      // Act
      const runs = await runsFor(subject, photoId);

      // Assess
      expect(endsOf(runs)).toEqual(['Duplicate']);
      expect(await stored(photoId)).toEqual(before);
      await expectHidden(photoId);
    });
  });
}

/** In a copy the check finds everything doubtful; one second must do for the ranger. */
const inDoubt = (definition: ValueMap): ValueMap =>
  hurried(
    assigning(definition, 'Collect Results', {
      verdict: { outcome: 'review', labels: [] },
      checked: { outcome: 'review', labels: [] },
    }),
    'Wait For Ranger',
    1,
  );

/** How photos come to the states of a review. */
export const reviewRoads: Readonly<Record<string, Road>> = {
  'Wait For Ranger': { change: inDoubt },
  'Record Time-Out': { change: inDoubt },
  'Get Decision': {
    change: (definition) => withState(inDoubt(definition), 'Record Time-Out', impossible),
  },
};
