import { describe, expect, it } from 'vitest';
import * as contract from '#contracts/api/photos.ts';
import { photoStatuses } from '#contracts/photos.ts';
import { ownerId, photo, photoIn, place, publishedPhoto, time } from './testing/samples.ts';
import { isOwnerOrStaff, isRetryable, photoView, placeView, publicPhotoView, reviewView } from './views.ts';

const owner = { userId: ownerId, groups: [] };

describe('isOwnerOrStaff', () => {
  it.each([
    [undefined, ownerId, false],
    [owner, ownerId, true],
    [owner, 'vic', false],
    [owner, undefined, false],
    [{ userId: 'x', groups: ['baristas'] }, ownerId, true],
    [{ userId: 'x', groups: ['friends'] }, ownerId, false],
  ])('%# decides for %j', (caller, of, expected) => {
    expect(isOwnerOrStaff(caller, of)).toBe(expected);
  });
});

describe('publicPhotoView', () => {
  it('shows what everybody may know, and neither owner nor bucket', () => {
    const view = publicPhotoView(publishedPhoto({ caption: 'Fall', author: 'Rose' }));
    expect(contract.publicPhoto.parse(view)).toEqual(view);
    expect(view).toMatchObject({ caption: 'Fall', author: 'Rose', renditions: { tile: { width: 400 } } });
    expect(view.renditions.tile.url).toMatch(/^\/photos\/.*\/tile\.webp$/);
    expect(JSON.stringify(view)).not.toMatch(/auth0|uploads|bytes/);
  });

  it.each(['publishedAt', 'workflow', 'width', 'height', 'thumbHash', 'renditions'] as const)(
    'does not show a photo without %s',
    (name) => {
      expect(() => publicPhotoView(publishedPhoto({ [name]: undefined }))).toThrow(/to be whole/);
    },
  );
});

describe('photoView', () => {
  it.each(photoStatuses)('shows a photo that is %s in the form of the API', (status) => {
    const view = photoView(photoIn(status, { caption: 'c', author: 'a', reason: 'R', message: 'M' }), owner);
    expect(contract.photoView.parse(view)).toEqual(view);
    expect(view).toMatchObject({ status, mine: true, reason: 'R', message: 'M', caption: 'c', author: 'a' });
    expect('renditions' in view).toBe(status === 'PUBLISHED');
  });

  it('leaves out what there is not, and tells whose it is', () => {
    expect(Object.keys(photoView(photo(), undefined)).sort()).toEqual(
      ['createdAt', 'journeyId', 'mine', 'photoId', 'placeId', 'retryable', 'status'].sort(),
    );
    expect(photoView(photo(), undefined).mine).toBe(false);
  });
});

describe('what a workflow found out', () => {
  const found = photoIn('IN_REVIEW', {
    attempts: 2,
    reviewBy: time,
    taskToken: 'secret',
    decidedBy: 'secret',
    labels: [
      { name: 'A', confidence: 50 },
      { name: 'B', confidence: 60 },
    ],
    details: { type: 'jpeg', width: 4, height: 3, camera: 'C', perceptualHash: '0123456789abcdef' },
  });
  const staff = { userId: 'x', groups: ['baristas'] };

  it('is shown to the staff, its details to the owner too', () => {
    const details = { type: 'jpeg', width: 4, height: 3, camera: 'C' };
    expect(photoView(found, staff)).toMatchObject({ details, attempts: 2, labels: [{ name: 'B' }, {}] });
    expect(photoView(found, owner)).toMatchObject({ details });
    for (const name of ['labels', 'attempts']) expect(photoView(found, owner)).not.toHaveProperty(name);
    expect(photoView({ ...found, status: 'DELETED' }, undefined)).not.toHaveProperty('details');
  });

  it('never shows the token, who decided, or the hash by which the picture is recognised', () => {
    const picture = { url: 'https://uploads.example.com/x', expiresAt: time };
    const views = [photoView(found, staff), photoView(found, owner), reviewView(found, picture)];
    expect(JSON.stringify(views)).not.toMatch(/secret|0123456789abcdef|auth0/);
  });

  it.each(['reviewBy', 'workflow'] as const)('is not put to review without %s', (name) => {
    const picture = { url: 'https://uploads.example.com/x', expiresAt: time };
    expect(() => reviewView({ ...found, [name]: undefined }, picture)).toThrow(/until when it waits/);
  });
});

describe('isRetryable', () => {
  const staff = { userId: 'x', groups: ['rangers'] };
  it.each([
    ['FAILED', undefined, [true, true, false, false]],
    ['REJECTED', 'REVIEW_TIMED_OUT', [true, false, false, false]],
    ['REJECTED', 'PEOPLE', [false, false, false, false]],
    ['PUBLISHED', undefined, [false, false, false, false]],
  ] as const)('of %s %s for owner, staff, another and a guest is %j', (status, reason, expected) => {
    const one = photoIn(status, { reason });
    const callers = [owner, staff, { userId: 'vic', groups: [] }, undefined];
    expect(callers.map((caller) => isRetryable(one, caller))).toEqual(expected);
  });
});

describe('placeView', () => {
  it('shows a place without its bookkeeping', () => {
    const { entity: _entity, createdAt: _createdAt, ...shown } = place();
    expect(placeView(place())).toEqual(shown);
  });
});
