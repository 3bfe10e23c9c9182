import { describe, expect, it } from 'vitest';
import * as contract from '#contracts/api/photos.ts';
import { photoStatuses } from '#contracts/photos.ts';
import { ownerId, photo, photoIn, place, publishedPhoto } from './testing/samples.ts';
import { isOwnerOrStaff, photoView, placeView, publicPhotoView } from './views.ts';

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

describe('placeView', () => {
  it('shows a place without its bookkeeping', () => {
    const { entity: _entity, createdAt: _createdAt, ...shown } = place();
    expect(placeView(place())).toEqual(shown);
  });
});
