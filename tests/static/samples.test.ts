import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listPhotosQuery, requestUploadRequest, searchPhotosQuery } from '#contracts/api/photos.ts';
import { createPlaceRequest, listPlacesQuery } from '#contracts/api/places.ts';
import { decideReviewRequest, listReviewsQuery } from '#contracts/api/reviews.ts';
import { changeRoutingRequest } from '#contracts/api/workflows.ts';
import { busEvent } from '#contracts/events/envelope.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { photoItem } from '#contracts/tables/items.ts';
import { photoKeys } from '#contracts/tables/keys.ts';
import { callerFrom } from '#platform/middleware/caller.ts';
import { connectionRequest } from '../../backend/functions/authorize-connection/authorize-connection.ts';
import { uploadNotification } from '../../backend/functions/route-upload/route-upload.ts';
import { root } from '../../scripts/lib/paths.ts';
import { functionSamples } from '../../scripts/lib/samples.ts';
import { inspectPhotoInput } from '../../workflows/functions/inspect-photo/inspect-photo.ts';
import { makeRenditionsInput } from '../../workflows/functions/make-renditions/make-renditions.ts';
import { pictureInput } from '../../workflows/vision/labeler.ts';
import { asMap, at, functionsOf, template, templates, type Value } from './templates.ts';

const read = (path: string): Value => JSON.parse(readFileSync(join(root, path), 'utf8'));

const empty = (value: unknown) => value ?? {};
const parsed = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : text);

/** A schema for what a route takes of a request. */
const route = (path: z.ZodRawShape, query: z.ZodType = z.strictObject({}), body: z.ZodType = z.null()) =>
  z.object({
    pathParameters: z.preprocess(empty, z.strictObject(path)),
    queryStringParameters: z.preprocess(empty, query),
    body: z.preprocess(parsed, body),
  });
const none = z.strictObject({});

/** A schema for a batch of messages. */
const messages = (body: z.ZodType) =>
  z.object({
    Records: z
      .array(
        z.object({
          eventSource: z.literal('aws:sqs'),
          body: z
            .string()
            .transform((text) => JSON.parse(text))
            .pipe(body),
        }),
      )
      .min(1),
  });

const image = z
  .record(z.string(), z.unknown())
  .transform((attributes) => unmarshall(JSON.parse(JSON.stringify(attributes))));
const photoImage = image.pipe(
  photoItem.and(
    z.object({
      PK: z.string(),
      SK: z.string(),
      GSI1PK: z.string(),
      GSI2PK: z.string(),
      GSI3PK: z.string().optional(),
    }),
  ),
);

/** What the handler of each function takes. */
const inputs: Readonly<Record<string, z.ZodType>> = {
  'authorize-request': z.object({
    type: z.literal('REQUEST'),
    methodArn: z.string().regex(/^arn:aws:execute-api:[^/]+\/api\/[A-Z]+\//),
    headers: z.object({
      Authorization: z
        .string()
        .regex(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/)
        .optional(),
    }),
  }),
  'authorize-connection': connectionRequest.extend({
    protocolData: z.object({ http: z.object({ queryString: z.string().regex(/^(?!.*token=[^.]*$)/) }) }),
  }),
  'list-places': route({}, listPlacesQuery),
  'get-place': route({ placeId: ulidSchema }),
  'create-place': route({}, none, createPlaceRequest),
  'list-place-photos': route({ placeId: ulidSchema }, listPhotosQuery),
  'request-upload': route({ placeId: ulidSchema }, none, requestUploadRequest),
  'get-photo': route({ photoId: ulidSchema }),
  'delete-photo': route({ photoId: ulidSchema }),
  'list-my-photos': route({}, listPhotosQuery),
  'retry-photo': route({ photoId: ulidSchema }),
  'search-photos': route({}, searchPhotosQuery),
  'list-reviews': route({}, listReviewsQuery),
  'decide-review': route({ photoId: ulidSchema }, none, decideReviewRequest),
  'get-journey': route({ journeyId: ulidSchema }),
  'list-workflows': route({}),
  'change-routing': route({}, none, changeRoutingRequest),
  'get-execution': route({ photoId: ulidSchema }),
  'route-upload': messages(uploadNotification),
  'notify-subscribers': messages(busEvent),
  'record-journey': messages(busEvent),
  'remove-pictures': messages(busEvent),
  'publish-changes': z.object({
    Records: z
      .array(
        z.object({
          eventName: z.literal('MODIFY'),
          dynamodb: z.object({ OldImage: photoImage, NewImage: photoImage }),
        }),
      )
      .min(1),
  }),
  'sweep-photos': z.object({ source: z.literal('aws.scheduler'), detail: z.string() }),
  'make-renditions': makeRenditionsInput,
  'inspect-photo': inspectPhotoInput,
  'moderate-photo': pictureInput,
  'detect-people': pictureInput,
};

const functions = templates.flatMap((one) =>
  functionsOf(one).map(({ id, properties }) => ({
    id,
    folder: basename(String(properties.CodeUri)),
    properties,
  })),
);

describe.each(functions)('$id', ({ folder }) => {
  const samples = functionSamples(folder);

  it('has a sample that it takes', () => {
    expect(samples.filter(({ refused }) => !refused)).not.toEqual([]);
  });

  it('takes its samples, and refuses those named so', () => {
    const schema = inputs[folder];
    if (!schema) throw new Error(`Expected a schema for the samples of ${folder} in this file`);
    for (const { path, refused } of samples) {
      const { success, error } = schema.safeParse(read(path));
      expect(success, `${path}: ${error?.message ?? 'was taken'}`).toBe(!refused);
    }
  });
});

const routes = functions.filter(({ properties }) => at(properties, 'Events', 'Route'));

describe.each(routes)('$id', ({ folder, properties }) => {
  it('has samples of its own route, with the caller that the route has', () => {
    const { Path, Method, Auth } = asMap(at(properties, 'Events', 'Route', 'Properties'));
    for (const { path } of functionSamples(folder)) {
      const event = read(path);
      expect(at(event, 'resource'), path).toBe(Path);
      expect(String(at(event, 'httpMethod')).toLowerCase(), path).toBe(Method);
      const parameters = Object.entries(asMap(at(event, 'pathParameters')));
      const filled = parameters.reduce(
        (text, [name, value]) => text.replace(`{${name}}`, String(value)),
        String(Path),
      );
      expect(at(event, 'path'), path).toBe(filled);
      const authorizer = at(event, 'requestContext', 'authorizer');
      if (at(Auth, 'Authorizer') === 'NONE') expect(authorizer, path).toBeUndefined();
      else if (Auth === undefined) expect(callerFrom(authorizer), path).toBeDefined();
      else expect(authorizer, path).toBeDefined();
    }
  });
});

describe('all samples', () => {
  it('belong to a function', () => {
    const folders = globSync('events/functions/*/', { cwd: root }).map((path) => basename(path));
    expect(new Set(folders)).toEqual(new Set(functions.map(({ folder }) => folder)));
    expect(Object.keys(inputs).sort()).toEqual([...folders].sort());
  });

  it('of queues behind the bus carry the samples of the events', () => {
    const events = globSync('events/photo-*/*.json', { cwd: root }).map(read);
    for (const folder of ['notify-subscribers', 'record-journey', 'remove-pictures']) {
      for (const { path } of functionSamples(folder)) {
        const { Records } = z.object({ Records: z.array(z.object({ body: z.string() })) }).parse(read(path));
        for (const { body } of Records) expect(events, path).toContainEqual(JSON.parse(body));
      }
    }
  });

  it('of the stream carry the keys that the contract makes, and pass its filter', () => {
    const [filter] = functionsOf(template('backend/template.yaml'))
      .filter(({ id }) => id === 'PublishChangesFunction')
      .map(({ properties }) =>
        JSON.stringify(at(properties, 'Events', 'Changes', 'Properties', 'FilterCriteria')),
      );
    expect(filter).toContain('MODIFY');
    for (const { path } of functionSamples('publish-changes')) {
      const { Records } = z
        .object({
          Records: z.array(z.object({ dynamodb: z.object({ OldImage: photoImage, NewImage: photoImage }) })),
        })
        .parse(read(path));
      for (const { OldImage, NewImage } of Records.map(({ dynamodb }) => dynamodb)) {
        for (const item of [OldImage, NewImage]) {
          const { photoId, placeId, ownerId, GSI1PK, GSI2PK } = item;
          expect({ PK: item.PK, SK: item.SK }, path).toEqual(photoKeys.primary(photoId));
          expect({ GSI1PK, GSI2PK }).toEqual({
            GSI1PK: photoKeys.place(placeId),
            GSI2PK: photoKeys.owner(ownerId),
          });
        }
        expect(OldImage.GSI3PK, path).toBe(photoKeys.unfinished(OldImage.photoId));
        expect(NewImage.status, path).not.toBe(OldImage.status);
      }
    }
  });

  it('carry no secret', () => {
    for (const path of globSync('events/**/*.json', { cwd: root })) {
      expect(readFileSync(join(root, path), 'utf8'), path).not.toMatch(
        /eyJ[\w-]{10}|AKIA[A-Z0-9]{8}|"password"/i,
      );
    }
  });
});
