import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  changeCafeRequest,
  listCafeOrdersQuery,
  listMyOrdersQuery,
  orderDecisionRequest,
  placeOrderRequest,
  preOrderRequest,
  scanRequest,
} from '#contracts/api/orders.ts';
import { listPhotosQuery, requestUploadRequest, searchPhotosQuery } from '#contracts/api/photos.ts';
import { createPlaceRequest, listPlacesQuery } from '#contracts/api/places.ts';
import { decideReviewRequest, listReviewsQuery } from '#contracts/api/reviews.ts';
import { changeRoutingRequest } from '#contracts/api/workflows.ts';
import { busEvent } from '#contracts/events/envelope.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { photoItem } from '#contracts/tables/items.ts';
import { photoKeys } from '#contracts/tables/keys.ts';
import { cafeItem, orderItem, stampItem } from '#contracts/tables/order-items.ts';
import { cafeKeys, orderKeys } from '#contracts/tables/order-keys.ts';
import { callerFrom } from '#platform/middleware/caller.ts';
import { connectionRequest } from '../../backend/functions/authorize-connection/authorize-connection.ts';
import { uploadNotification } from '../../backend/functions/route-upload/route-upload.ts';
import { root } from '../../scripts/lib/paths.ts';
import { functionSamples } from '../../scripts/lib/samples.ts';
import { inspectPhotoInput } from '../../workflows/functions/inspect-photo/inspect-photo.ts';
import { makeRenditionsInput } from '../../workflows/functions/make-renditions/make-renditions.ts';
import { validateDrinkInput } from '../../workflows/orders/functions/validate-drink/validate-drink.ts';
import { writeReceiptInput } from '../../workflows/orders/functions/write-receipt/write-receipt.ts';
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

const keys = z.object({ PK: z.string(), SK: z.string() });
const ordersImage = image.pipe(z.discriminatedUnion('entity', [orderItem, cafeItem, stampItem]).and(keys));

/** One of the routes of a function that has several. */
const oneOf = (httpMethod: string, resource: string, schema: z.ZodObject) =>
  schema.extend({ httpMethod: z.literal(httpMethod), resource: z.literal(resource) });
const ofOrder = { orderId: ulidSchema };
const ofCafe = { cafeId: ulidSchema };

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
  'list-cafes': route({}),
  'get-cafe': route(ofCafe),
  'get-board': route(ofCafe),
  'change-cafe': route(ofCafe, none, changeCafeRequest),
  'show-window': route(ofCafe),
  'scan-code': route(ofCafe, none, scanRequest),
  'manage-order': z.union([
    oneOf('POST', '/cafes/{cafeId}/orders', route(ofCafe, none, preOrderRequest)),
    oneOf('GET', '/{orderId}', route(ofOrder)),
    oneOf('PUT', '/{orderId}', route(ofOrder, none, placeOrderRequest)),
    oneOf('POST', '/{orderId}/decisions', route(ofOrder, none, orderDecisionRequest)),
  ]),
  'list-my-orders': route({}, listMyOrdersQuery),
  'list-cafe-orders': route(ofCafe, listCafeOrdersQuery),
  'get-receipt': route(ofOrder),
  'get-stamps': route({}),
  'get-order-execution': route(ofOrder),
  'validate-drink': validateDrinkInput,
  'write-receipt': writeReceiptInput,
  'publish-order-changes': z.object({
    Records: z
      .array(
        z.object({
          eventName: z.enum(['INSERT', 'MODIFY']),
          dynamodb: z.object({ OldImage: ordersImage.optional(), NewImage: ordersImage }),
        }),
      )
      .min(1),
  }),
  'sweep-orders': z.object({ source: z.literal('aws.scheduler'), detail: z.string() }),
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

/** The routes that lead to a function, as its template spells them. */
const routesOf = (properties: Value) =>
  Object.values(asMap(at(properties, 'Events')))
    .filter((event) => at(event, 'Type') === 'Api')
    .map((event) => asMap(at(event, 'Properties')));
const withRoutes = functions.filter(({ properties }) => routesOf(properties).length > 0);

describe.each(withRoutes)('$id', ({ folder, properties }) => {
  it('has samples of each of its own routes, with the caller that the route has', () => {
    const own = routesOf(properties);
    const seen = functionSamples(folder).map(({ path }) => {
      const event = read(path);
      const method = String(at(event, 'httpMethod')).toLowerCase();
      const found = own.find(({ Path, Method }) => at(event, 'resource') === Path && method === Method);
      if (!found) throw new Error(`Expected a route of ${folder}, got that of ${path}`);
      const parameters = Object.entries(asMap(at(event, 'pathParameters')));
      const filled = parameters.reduce(
        (text, [name, value]) => text.replace(`{${name}}`, String(value)),
        String(found.Path),
      );
      expect(at(event, 'path'), path).toBe(filled);
      const authorizer = at(event, 'requestContext', 'authorizer');
      if (at(found, 'Auth', 'Authorizer') === 'NONE') expect(authorizer, path).toBeUndefined();
      else if (found.Auth === undefined) expect(callerFrom(authorizer), path).toBeDefined();
      else expect(authorizer, path).toBeDefined();
      return found;
    });
    expect(new Set(seen)).toEqual(new Set(own));
  });
});

describe('all samples', () => {
  it('belong to a function', () => {
    const folders = globSync('events/functions/*/', { cwd: root }).map((path) => basename(path));
    expect(new Set(folders)).toEqual(new Set(functions.map(({ folder }) => folder)));
    expect(Object.keys(inputs).sort()).toEqual([...folders].sort());
  });

  it('of queues behind the bus carry the samples of the events', () => {
    const events = globSync('events/!(functions|schemas)/*.json', { cwd: root }).map(read);
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

  it('of the stream of orders carry the keys that the contract makes', () => {
    const primary = (item: z.infer<typeof ordersImage>) => {
      if (item.entity === 'order') return orderKeys.primary(item.orderId);
      if (item.entity === 'cafe') return cafeKeys.primary(item.cafeId);
      return orderKeys.stamp(item.ownerId, item.orderId);
    };
    for (const { path } of functionSamples('publish-order-changes')) {
      const records = z
        .object({
          Records: z.array(
            z.object({
              eventName: z.string(),
              dynamodb: z.object({ OldImage: ordersImage.optional(), NewImage: ordersImage }),
            }),
          ),
        })
        .parse(read(path)).Records;
      for (const { eventName, dynamodb } of records) {
        expect(eventName, path).toBe(dynamodb.OldImage ? 'MODIFY' : 'INSERT');
        for (const item of [dynamodb.OldImage, dynamodb.NewImage]) {
          if (item) expect({ PK: item.PK, SK: item.SK }, path).toEqual(primary(item));
        }
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
