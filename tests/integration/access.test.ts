import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorResponse } from '#contracts/api/errors.ts';
import { photoView } from '#contracts/api/photos.ts';
import { place } from '#contracts/api/places.ts';
import { type Answer, callApi } from '../support/api.ts';
import { createPlace, expectBody, requestUpload, upload, waitForEnd } from '../support/photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import { newUser, type Pool, signIn, type User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs, ranger, visitor, web } from './app.ts';

/** Sign-in for tools, as the stack's own client has it on a laptop. */
const ExplicitAuthFlows: ('ALLOW_ADMIN_USER_PASSWORD_AUTH' | 'ALLOW_REFRESH_TOKEN_AUTH')[] = [
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

let user: User;
let claims: JWTPayload;
let keyId: string;
beforeAll(async () => {
  user = await visitor();
  claims = decodeJwt(user.token);
  keyId = decodeProtectedHeader(user.token).kid ?? '';
});

function expectRefused(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status, body: { error: { code } } });
  expect(errorResponse.parse(answer.body).error.message).not.toBe('');
}

/** Signs claims with a key of our own, under the name of the issuer's key. */
async function forge(changes: JWTPayload = {}): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const signing = new SignJWT({ ...claims, ...changes });
  return signing.setProtectedHeader({ alg: 'RS256', kid: keyId }).sign(privateKey);
}

/** Signs with the issuer's public knowledge as a shared secret, which a careless verifier takes for a key. */
async function forgeWithPublicKey(): Promise<string> {
  const keys = await fetch(`${outputs.endpoint}/${outputs.userPoolId}/.well-known/jwks.json`);
  const secret = new TextEncoder().encode((await keys.text()).padEnd(64));
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: keyId }).sign(secret);
}

/** A token of another application of the same user pool: a true signature, the wrong audience. */
async function tokenOfAnotherApp(): Promise<string> {
  const { UserPoolClient } = await aws.cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: outputs.userPoolId,
      ClientName: 'other',
      ExplicitAuthFlows,
    }),
  );
  const pool = { ...outputs, userPoolClientId: UserPoolClient?.ClientId ?? '' };
  return signIn(aws, pool, user.email);
}

/** A token of another user pool: a true signature of the wrong issuer. */
async function tokenOfAnotherIssuer(): Promise<string> {
  const { UserPool } = await aws.cognito.send(new CreateUserPoolCommand({ PoolName: 'other' }));
  const userPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await aws.cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId: userPoolId, ClientName: 'web', ExplicitAuthFlows }),
  );
  const pool: Pool = { userPoolId, userPoolClientId: UserPoolClient?.ClientId ?? '' };
  return (await newUser(aws, pool)).token;
}

/** A true token whose time is over. */
async function expiredToken(): Promise<string> {
  const of = { UserPoolId: outputs.userPoolId, ClientId: outputs.userPoolClientId };
  const { UserPoolClient = {} } = await aws.cognito.send(new DescribeUserPoolClientCommand(of));
  const { ClientSecret, LastModifiedDate, CreationDate, ...settings } = UserPoolClient;
  const units = { ...settings.TokenValidityUnits, AccessToken: 'seconds' as const };
  const short = { ...settings, ...of, AccessTokenValidity: 1, TokenValidityUnits: units };
  await aws.cognito.send(new UpdateUserPoolClientCommand(short));
  const token = await signIn(aws, outputs, user.email).finally(() =>
    aws.cognito.send(new UpdateUserPoolClientCommand({ ...settings, ...of })),
  );
  const { exp = Number.POSITIVE_INFINITY } = decodeJwt(token);
  await waitUntil('the token to expire', () => Date.now() / 1000 > exp + 1 || undefined);
  return token;
}

describe('A token', () => {
  it.each<[string, () => Promise<string> | string]>([
    ['that has expired', expiredToken],
    ['of another application', tokenOfAnotherApp],
    ['of another issuer', tokenOfAnotherIssuer],
    ['signed by somebody else', () => forge()],
    ['signed by somebody else as an admin', () => forge({ 'cognito:groups': ['admins'] })],
    ['signed with the public key as a secret', forgeWithPublicKey],
    ['of algorithm none', () => new UnsecuredJWT(claims).encode()],
    ['with its signature cut off', () => `${user.token.split('.').slice(0, 2).join('.')}.`],
    ['with its claims exchanged', () => swapClaims()],
    ['that is no token', () => 'a.b.c'],
    ['of rubbish', () => '%00%ff'],
    ['of 7,000 characters', () => `${'a'.repeat(7000)}.b.c`],
  ])('%s is refused on every route', async (_name, make) => {
    // Prepare
    const token = await make();

    // Act
    const [closed, open] = await Promise.all([
      callApi(web, 'GET', '/me/photos', { token }),
      callApi(web, 'GET', '/photos/01HAPPYPATH000000000000001', { token }),
    ]);

    // Assess
    expectRefused(closed, 401, 'UNAUTHENTICATED');
    expectRefused(open, 401, 'UNAUTHENTICATED');
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'token', '"'])(
    'in the form %s is refused',
    async (authorization) => {
      // Act
      const answer = await callApi(web, 'GET', '/me/photos', { headers: { authorization } });

      // Assess
      expectRefused(answer, 401, 'UNAUTHENTICATED');
    },
  );

  it.each([
    ['GET', '/me/photos'],
    ['POST', '/places'],
    ['POST', '/places/01HAPPYPATH000000000000001/photos'],
    ['DELETE', '/photos/01HAPPYPATH000000000000001'],
    ['GET', '/journeys/01HAPPYPATH000000000000001'],
  ])('is needed for %s %s', async (method, path) => {
    // Act
    const answer = await callApi(web, method, path, method === 'POST' ? { body: {} } : {});

    // Assess
    expectRefused(answer, 401, 'UNAUTHENTICATED');
  });
});

/** The owner's signature under another's claims. */
function swapClaims(): string {
  const [head, , signature] = user.token.split('.');
  const body = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody-else' })).toString('base64url');
  return [head, body, signature].join('.');
}

describe('A place', () => {
  const body = { type: 'park', name: 'New Park', location: { lat: 1, lng: 1 } };

  it.each([[[]], [['baristas']], [['Rangers']]])(
    'is not created by a user of the groups %j',
    async (groups) => {
      // Prepare: a group of the user pool that is written differently is another group.
      const known = groups.filter((group) => group === group.toLowerCase());
      const { token } = await newUser(aws, outputs, known);

      // Act
      const answer = await callApi(web, 'POST', '/places', { token, body });

      // Assess
      expectRefused(answer, 403, 'FORBIDDEN');
    },
  );

  it.each([[['rangers']], [['admins']], [['baristas', 'rangers']]])(
    'is created by a user of the groups %j and seen by everybody',
    async (groups) => {
      // Prepare
      const { token } = await newUser(aws, outputs, groups);

      // Act
      const created = expectBody(place, 201, await callApi(web, 'POST', '/places', { token, body }));

      // Assess
      const seen = await callApi(web, 'GET', `/places/${created.placeId}`);
      expect(seen.body).toMatchObject({ ...body, placeId: created.placeId, description: '' });
    },
  );
});

describe("Somebody else's photo", () => {
  it('that is not published does not exist for others, but for its owner and the staff', async () => {
    // Prepare
    const [owner, staff] = [await visitor(), await ranger()];
    const { placeId } = await createPlace(web, staff);
    const { photoId } = await requestUpload(web, owner, placeId);
    const read = (token?: string) =>
      callApi(web, 'GET', `/photos/${photoId}`, token === undefined ? {} : { token });

    // Act
    const [byGuest, byOther, byOwner, byStaff] = await Promise.all([
      read(),
      read(user.token),
      read(owner.token),
      read(staff.token),
    ]);
    const deletion = await callApi(web, 'DELETE', `/photos/${photoId}`, { token: user.token });
    const journey = await callApi(web, 'GET', `/journeys/${photoId}`, { token: user.token });

    // Assess
    expectRefused(byGuest, 404, 'NOT_FOUND');
    expectRefused(byOther, 404, 'NOT_FOUND');
    expectRefused(deletion, 404, 'NOT_FOUND');
    expectRefused(journey, 404, 'NOT_FOUND');
    expect(expectBody(photoView, 200, byOwner)).toMatchObject({ status: 'AWAITING_UPLOAD', mine: true });
    expect(expectBody(photoView, 200, byStaff)).toMatchObject({ status: 'AWAITING_UPLOAD', mine: false });
  });

  it('that is published is not deleted by others, but by a ranger; its journey stays with its owner', async () => {
    // Prepare
    const [owner, staff] = [await visitor(), await ranger()];
    const { placeId } = await createPlace(web, staff);
    const photoId = await upload(web, owner, placeId, await phonePhoto());
    await waitForEnd(web, owner, photoId, 'PUBLISHED');

    // Act
    const byOther = await callApi(web, 'DELETE', `/photos/${photoId}`, { token: user.token });
    const journey = await callApi(web, 'GET', `/journeys/${photoId}`, { token: user.token });
    const byStaff = await callApi(web, 'DELETE', `/photos/${photoId}`, { token: staff.token });

    // Assess
    expectRefused(byOther, 403, 'FORBIDDEN');
    expectRefused(journey, 404, 'NOT_FOUND');
    expect(byStaff.status).toBe(204);
    expectRefused(await callApi(web, 'GET', `/photos/${photoId}`), 404, 'NOT_FOUND');
  });

  it('does not stand in the list of my photos', async () => {
    // Prepare
    const owner = await visitor();
    const { placeId } = await createPlace(web, await ranger());
    await requestUpload(web, owner, placeId);

    // Act
    const mine = await callApi(web, 'GET', '/me/photos', { token: (await visitor()).token });

    // Assess
    expect(mine.body).toEqual({ items: [] });
  });
});
