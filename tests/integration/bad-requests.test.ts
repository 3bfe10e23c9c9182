import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes, errorResponse } from '#contracts/api/errors.ts';
import { encodeCursor } from '#platform/cursor.ts';
import { type Answer, type Call, callApi, callRaw } from '../support/api.ts';
import { createPlace } from '../support/photos.ts';
import type { User } from '../support/users.ts';
import { ranger, web } from './app.ts';

const unknown = '01HAPPYPATH999999999999999';
let staff: User;
let placeId: string;
beforeAll(async () => {
  staff = await ranger();
  ({ placeId } = await createPlace(web, staff));
});

/** The one error form, with the code that belongs to the status and no inside knowledge. */
function expectError({ status, body }: Pick<Answer, 'status' | 'body'>, code?: ErrorCode): void {
  const { error } = errorResponse.parse(body);
  expect(errorCodes).toHaveProperty(error.code, status);
  expect(status).toBeLessThan(500);
  expect(error.message).not.toMatch(/at .*\.(js|ts):|exception|happy-path-|dynamodb/i);
  if (code) expect(error.code).toBe(code);
}

const badIds = [
  'x',
  '0',
  'null',
  '01happypath000000000000001',
  '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  `${unknown}0`,
  '%20',
  '%00',
  '🏔️',
];
const badPaging = [
  'limit=0',
  'limit=-1',
  'limit=101',
  'limit=1.5',
  'limit=ten',
  'limit=',
  'limit=1e9',
  'limit=NaN',
  'cursor=',
  'cursor=x',
  'cursor=%F0%9F%8F%94',
  `cursor=${'A'.repeat(2000)}`,
  'cursor=__proto__',
  'unknown=1',
  'limit=1&limit=2',
  '__proto__=1',
  'constructor=1',
];
const cursors = {
  placesByName: encodeCursor(`yosemite#${unknown}`),
  placesNear: encodeCursor(`120#${unknown}`),
  photosOfPlace: encodeCursor(`2026-01-01T00:00:00.000Z#${unknown}`),
  myPhotos: encodeCursor(unknown),
};

describe('A wrong query', () => {
  it.each([
    ...badPaging,
    'near=',
    'near=1',
    'near=91,0',
    'near=0,181',
    'near=NaN,0',
    'near=1e1,2',
    'near=1,2,3',
    'near=1,2&radius=0',
    'near=1,2&radius=3000001',
    'near=1,2&radius=x',
    'near=1,2&q=a',
    'radius=100',
    'type=castle',
    'type=park&type=cafe',
    'q=',
    `q=${'a'.repeat(61)}`,
    `near=1,2&cursor=${cursors.placesByName}`,
    `near=1,2&cursor=${cursors.myPhotos}`,
    `cursor=${cursors.myPhotos}`,
  ])('of GET /places is refused: %s', async (query) => {
    expectError(await callApi(web, 'GET', `/places?${query}`), 'INVALID_REQUEST');
  });

  it.each([
    ...badPaging,
    `cursor=${cursors.placesByName}`,
    `cursor=${cursors.placesNear}`,
    `cursor=${cursors.myPhotos}`,
    `cursor=${encodeCursor(`2026-01-01T00:00:00.000Z#${unknown}#x`)}`,
  ])("of a place's photos is refused: %s", async (query) => {
    expectError(await callApi(web, 'GET', `/places/${placeId}/photos?${query}`), 'INVALID_REQUEST');
  });

  it.each([...badPaging, `cursor=${cursors.photosOfPlace}`, `cursor=${cursors.placesNear}`])(
    'of GET /me/photos is refused: %s',
    async (query) => {
      expectError(
        await callApi(web, 'GET', `/me/photos?${query}`, { token: staff.token }),
        'INVALID_REQUEST',
      );
    },
  );

  it.each([cursors.photosOfPlace])(
    'of a made-up position is an empty page, and no error: %s',
    async (cursor) => {
      const answer = await callApi(web, 'GET', `/places/${placeId}/photos?cursor=${cursor}`);
      expect(answer).toMatchObject({ status: 200, body: { items: [] } });
    },
  );
});

describe('A wrong id', () => {
  it.each(badIds)('is refused on every route: %s', async (id) => {
    const path = encodeURI(decodeURI(id));
    const { token } = staff;
    const body = { contentType: 'image/jpeg', size: 1 };
    for (const answer of await Promise.all([
      callApi(web, 'GET', `/places/${path}`),
      callApi(web, 'GET', `/places/${path}/photos`),
      callApi(web, 'POST', `/places/${path}/photos`, { token, body }),
      callApi(web, 'GET', `/photos/${path}`, { token }),
      callApi(web, 'DELETE', `/photos/${path}`, { token }),
      callApi(web, 'GET', `/journeys/${path}`, { token }),
    ])) {
      expectError(answer);
      expect([400, 404]).toContain(answer.status);
    }
  });

  it('that nothing has is not found', async () => {
    const { token } = staff;
    const body = { contentType: 'image/jpeg', size: 1 };
    for (const answer of await Promise.all([
      callApi(web, 'GET', `/places/${unknown}`),
      callApi(web, 'POST', `/places/${unknown}/photos`, { token, body }),
      callApi(web, 'GET', `/photos/${unknown}`, { token }),
      callApi(web, 'DELETE', `/photos/${unknown}`, { token }),
      callApi(web, 'GET', `/journeys/${unknown}`, { token }),
    ])) {
      expectError(answer, 'NOT_FOUND');
    }
  });
});

describe('A wrong path', () => {
  it.each([
    ['GET', '/api/'],
    ['GET', '/api/nothing'],
    ['GET', '/api/places/..%2f..%2fetc%2fpasswd'],
    ['GET', '/api/places/../photos'],
    ['GET', '/api/places/%E0%A4%A'],
    ['GET', '/api/places/%'],
    ['GET', '/api/photos/'],
    ['PUT', '/api/places'],
    ['DELETE', '/api/places'],
    ['PATCH', '/api/me/photos'],
    ['POST', '/api/journeys/x'],
  ])('is refused in the one form: %s %s', async (method, path) => {
    expectError(await callRaw(web, method, path));
  });

  it.each(['/api/places/', '/api//places', '/api/places/%2F'])(
    'with a slash too many is answered: %s',
    async (path) => {
      const answer = await callRaw(web, 'GET', path);
      if (answer.status !== 200) expectError(answer);
    },
  );
});

const place = { type: 'park', name: 'Somewhere', location: { lat: 1, lng: 1 } };
const photo = { contentType: 'image/jpeg', size: 1000 };

describe('A wrong body', () => {
  it.each<[string, unknown]>([
    ['none', ''],
    ['text', 'hello'],
    ['half', '{"type":"park"'],
    ['null', 'null'],
    ['a list', []],
    ['a number', '42'],
    ['an empty object', {}],
    ['another type', { ...place, type: 'castle' }],
    ['a name of one letter', { ...place, name: 'x' }],
    ['a name of blanks', { ...place, name: '    ' }],
    ['a long name', { ...place, name: 'x'.repeat(121) }],
    ['a name that is a list', { ...place, name: ['a', 'b'] }],
    ['a long description', { ...place, description: 'x'.repeat(2001) }],
    ['a latitude beyond the pole', { ...place, location: { lat: 90.1, lng: 0 } }],
    ['a location of text', { ...place, location: { lat: '1', lng: '1' } }],
    ['a location in scientific excess', `{"type":"park","name":"ab","location":{"lat":1e999,"lng":1}}`],
    ['an unknown field', { ...place, placeId: unknown }],
    ['a polluted prototype', `{"type":"park","name":"ab","location":{"lat":1,"lng":1},"__proto__":{"x":1}}`],
    ['a constructor', { ...place, constructor: { prototype: { x: 1 } } }],
    ['a megabyte', { ...place, description: 'x'.repeat(1_000_000) }],
    ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('of POST /places is refused: %s', async (_name, body) => {
    const call: Call = { token: staff.token, body };
    expectError(await callApi(web, 'POST', '/places', call), 'INVALID_REQUEST');
  });

  it.each<[string, unknown]>([
    ['none', ''],
    ['text', 'hello'],
    ['an empty object', {}],
    ['a type that is no picture', { ...photo, contentType: 'text/html' }],
    ['SVG', { ...photo, contentType: 'image/svg+xml' }],
    ['HEIC', { ...photo, contentType: 'image/heic' }],
    ['a type with a parameter', { ...photo, contentType: 'image/jpeg; charset=utf-8' }],
    ['no size', { contentType: 'image/jpeg' }],
    ['a size of 0', { ...photo, size: 0 }],
    ['a size below 0', { ...photo, size: -1 }],
    ['half a byte', { ...photo, size: 1.5 }],
    ['a size as text', { ...photo, size: '1000' }],
    ['a size above the limit', { ...photo, size: 20 * 1024 * 1024 + 1 }],
    ['an endless size', `{"contentType":"image/jpeg","size":1e999}`],
    ['a long caption', { ...photo, caption: 'x'.repeat(281) }],
    ['a caption that is an object', { ...photo, caption: { toString: 'x' } }],
    ['a key of its own', { ...photo, key: 'uploads/x/y' }],
    ['a polluted prototype', `{"contentType":"image/jpeg","size":1,"__proto__":{"key":"x"}}`],
  ])('of POST /places/{placeId}/photos is refused: %s', async (_name, body) => {
    const call: Call = { token: staff.token, body };
    expectError(await callApi(web, 'POST', `/places/${placeId}/photos`, call), 'INVALID_REQUEST');
  });

  it('that says what is wrong names the field and what to do', async () => {
    const call: Call = { token: staff.token, body: { ...photo, contentType: 'image/heic' } };
    const { body } = await callApi(web, 'POST', `/places/${placeId}/photos`, call);
    const { error } = errorResponse.parse(body);
    expect(error.details).toMatchObject([{ path: 'body.contentType' }]);
    expect(error.message).toMatch(/Save or share the photo as JPEG/);
  });
});

describe('Any text', () => {
  const nasty = [
    '🏔️ ünïcödé \u202e',
    '\u0000\u0001',
    '<script>alert(1)</script>',
    "'; DROP TABLE photos; --",
    '{{7*7}}',
    '\ud800',
  ];

  it.each(nasty)('in a name comes back as it was sent, or is refused: %j', async (text) => {
    const answer = await callApi(web, 'POST', '/places', {
      token: staff.token,
      body: { ...place, name: `ab ${text}` },
    });
    if (answer.status === 201) expect(answer.body).toMatchObject({ name: `ab ${text}`.trim() });
    else expectError(answer, 'INVALID_REQUEST');
  });

  const part = fc.oneof(
    fc.constantFrom(
      'places',
      'photos',
      'me',
      'journeys',
      'reviews',
      unknown,
      '..',
      '%2F',
      '%00',
      '*',
      '{placeId}',
      '__proto__',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
  );
  const query = fc
    .array(
      fc.tuple(
        fc.constantFrom('limit', 'cursor', 'near', 'radius', 'type', 'q', '__proto__', 'x[]', '%'),
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
          fc.constantFrom('1', '-1', '1,1', 'park', ...Object.values(cursors)),
        ),
      ),
      { maxLength: 3 },
    )
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

  it('as a request gets an answer that is no server error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'GET', 'GET', 'POST', 'DELETE'),
        fc.array(part, { minLength: 1, maxLength: 4 }),
        query,
        fc.boolean(),
        fc.oneof(fc.json(), fc.string()),
        async (method, parts, search, signedIn, text) => {
          const path = `/api/${parts.join('/')}${search && `?${search}`}`;
          const answer = await callRaw(web, method, path, {
            ...(signedIn && { token: staff.token }),
            ...(method === 'POST' && { body: text }),
          });
          if (answer.status >= 300) expectError(answer);
        },
      ),
      { numRuns: 150 },
    );
  });
});
