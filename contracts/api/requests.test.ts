import { describe, expect, it } from 'vitest';
import { uploadContentTypes, uploadLimits } from '../photos.ts';
import { listPhotosQuery, requestUploadRequest } from './photos.ts';
import { createPlaceRequest, listPlacesQuery } from './places.ts';

/** The paths of what is wrong; empty when the input is taken. */
const problems = (schema: { safeParse(value: unknown): unknown }, value: unknown) => {
  const parsed = schema.safeParse(value) as { error?: { issues: { path: PropertyKey[] }[] } };
  return parsed.error?.issues.map(({ path }) => path.join('.')) ?? [];
};

describe('requestUploadRequest', () => {
  it.each([
    ...uploadContentTypes.map((contentType) => ({ contentType, size: 1 })),
    { contentType: 'image/jpeg', size: uploadLimits.maxBytes },
    { contentType: 'image/jpeg', size: 5, caption: 'x'.repeat(uploadLimits.captionLength) },
    { contentType: 'image/jpeg', size: 5, caption: '' },
  ])('takes %j', (body) => {
    expect(problems(requestUploadRequest, body)).toEqual([]);
  });

  it.each([
    [{ contentType: 'image/heic', size: 5 }, 'contentType'],
    [{ contentType: 'IMAGE/JPEG', size: 5 }, 'contentType'],
    [{ size: 5 }, 'contentType'],
    [{ contentType: 'image/jpeg' }, 'size'],
    [{ contentType: 'image/jpeg', size: 0 }, 'size'],
    [{ contentType: 'image/jpeg', size: -1 }, 'size'],
    [{ contentType: 'image/jpeg', size: 1.5 }, 'size'],
    [{ contentType: 'image/jpeg', size: '5' }, 'size'],
    [{ contentType: 'image/jpeg', size: uploadLimits.maxBytes + 1 }, 'size'],
    [{ contentType: 'image/jpeg', size: 5, caption: 'x'.repeat(uploadLimits.captionLength + 1) }, 'caption'],
    [{ contentType: 'image/jpeg', size: 5, caption: null }, 'caption'],
    [{ contentType: 'image/jpeg', size: 5, owner: 'me' }, ''],
    [JSON.parse('{"contentType":"image/jpeg","size":5,"__proto__":{}}'), ''],
    [[], ''],
    [null, ''],
    ['text', ''],
  ])('refuses %j at %j', (body, path) => {
    expect(problems(requestUploadRequest, body)).toContain(path);
  });

  it('tells a person what to do about a type or a size that is not taken', () => {
    const message = (body: unknown) => requestUploadRequest.safeParse(body).error?.issues[0]?.message;
    expect(message({ contentType: 'image/heic', size: 5 })).toMatch(/as JPEG and try again/);
    expect(message({ contentType: 'image/jpeg', size: 0 })).toMatch(/empty\. Choose another/);
    expect(message({ contentType: 'image/jpeg', size: 1e9 })).toMatch(/larger than 20 MB\. Choose a smaller/);
  });

  it('drops the blanks round a caption', () => {
    const { caption } = requestUploadRequest.parse({ contentType: 'image/png', size: 1, caption: '  hi ' });
    expect(caption).toBe('hi');
  });
});

describe('listPlacesQuery', () => {
  it.each([
    [{}, { limit: 50 }],
    [{ near: '37.86,-119.54' }, { near: { lat: 37.86, lng: -119.54 }, limit: 50 }],
    [
      { near: '-90,180', radius: '3000000' },
      { near: { lat: -90, lng: 180 }, radius: 3_000_000, limit: 50 },
    ],
    [
      { q: ' yo ', type: 'cafe', limit: '100' },
      { q: 'yo', type: 'cafe', limit: 100 },
    ],
    [{ cursor: 'abc' }, { cursor: 'abc', limit: 50 }],
  ])('reads %j as %j', (query, expected) => {
    expect(listPlacesQuery.parse(query)).toEqual(expected);
  });

  it.each([
    [{ near: '91,0' }, 'near.lat'],
    [{ near: '0,181' }, 'near.lng'],
    [{ near: '1' }, 'near'],
    [{ near: '1,2,3' }, 'near'],
    [{ near: '1e1,2' }, 'near'],
    [{ near: ' 1,2' }, 'near'],
    [{ near: 'NaN,NaN' }, 'near'],
    [{ near: '' }, 'near'],
    [{ near: '1,2', radius: '0' }, 'radius'],
    [{ near: '1,2', radius: '3000001' }, 'radius'],
    [{ near: '1,2', radius: 'far' }, 'radius'],
    [{ radius: '5' }, 'radius'],
    [{ near: '1,2', q: 'a' }, 'q'],
    [{ q: '  ' }, 'q'],
    [{ q: 'x'.repeat(61) }, 'q'],
    [{ type: 'zoo' }, 'type'],
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: '1.5' }, 'limit'],
    [{ limit: '' }, 'limit'],
    [{ limit: 'many' }, 'limit'],
    [{ cursor: '' }, 'cursor'],
    [{ cursor: 'x'.repeat(1025) }, 'cursor'],
    [{ page: '2' }, ''],
  ])('refuses %j at %j', (query, path) => {
    expect(problems(listPlacesQuery, query)).toContain(path);
  });
});

describe('listPhotosQuery', () => {
  it('asks for 24 photos unless told, and refuses what it does not know', () => {
    expect(listPhotosQuery.parse({})).toEqual({ limit: 24 });
    expect(problems(listPhotosQuery, { order: 'asc' })).toEqual(['']);
  });
});

describe('createPlaceRequest', () => {
  const body = { type: 'park', name: 'Zion', location: { lat: 37.3, lng: -113 } };

  it('gives a place without a description an empty one', () => {
    expect(createPlaceRequest.parse({ ...body, name: ' Zion ' })).toEqual({ ...body, description: '' });
  });

  it.each([
    [{ ...body, name: ' Z ' }, 'name'],
    [{ ...body, name: 'x'.repeat(121) }, 'name'],
    [{ ...body, description: 'x'.repeat(2001) }, 'description'],
    [{ ...body, location: { lat: 90.1, lng: 0 } }, 'location.lat'],
    [{ ...body, location: { lat: 0 } }, 'location.lng'],
    [{ ...body, location: { lat: '0', lng: 0 } }, 'location.lat'],
    [{ ...body, type: 'zoo' }, 'type'],
    [{ ...body, placeId: 'mine' }, ''],
  ])('refuses %j at %j', (input, path) => {
    expect(problems(createPlaceRequest, input)).toContain(path);
  });
});
