import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { errorCodes, errorResponse } from './api/errors.ts';
import { frontendConfig } from './api/frontend-config.ts';
import { journey } from './api/journeys.ts';
import { publicPhotoPage } from './api/photos.ts';
import { placePage } from './api/places.ts';
import { busEvent, defineEvent, eventMetadata } from './events/envelope.ts';
import { type EventName, eventRegistry } from './events/index.ts';
import { ulidSchema, userId } from './ids.ts';
import { notification } from './notifications.ts';
import {
  cupName,
  finalStatuses,
  isFinal,
  menu,
  orderMessages,
  orderReasons,
  orderStatuses,
  timeZone,
  windowCode,
} from './orders.ts';
import { backendParameters, parameterNames } from './parameters.ts';
import { photoStatuses, storedRendition, unfinishedStatuses, workflowVersion } from './photos.ts';
import { photoItem, placeItem, routingItem } from './tables/items.ts';
import { orderItem } from './tables/order-items.ts';

const id = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const time = '2026-05-01T10:00:00.000Z';
const metadata = { schema: 'PhotoUploaded@1', journeyId: id, occurredAt: time };
const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('ids and versions', () => {
  it.each([
    [ulidSchema, id, true],
    [ulidSchema, '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', true],
    [ulidSchema, '8ZZZZZZZZZZZZZZZZZZZZZZZZZ', false],
    [ulidSchema, id.toLowerCase(), false],
    [ulidSchema, `${id}\n`, false],
    [ulidSchema, id.replace('K', 'U'), false],
    [ulidSchema, '', false],
    [userId, 'auth0|rose', true],
    [userId, '', false],
    [userId, 'x'.repeat(129), false],
    [workflowVersion, 'v1', true],
    [workflowVersion, 'v999', true],
    [workflowVersion, 'v0', false],
    [workflowVersion, 'v01', false],
    [workflowVersion, 'v1000', false],
    [workflowVersion, 'V1', false],
  ])('%# decides on %j by its form', (schema, value, expected) => {
    expect(takes(schema, value)).toBe(expected);
  });
});

describe('events', () => {
  it.each(Object.keys(eventRegistry) as EventName[])('%s is registered under its own name', (name) => {
    expect(eventRegistry[name].detailType).toBe(name);
    expect(['happy-path.backend', 'happy-path.orders']).toContain(eventRegistry[name].source);
    expect(eventRegistry[name].detail.shape.metadata).toBe(eventMetadata);
  });

  it('are defined once with source, name and data', () => {
    const event = defineEvent('happy-path.orders', 'OrderPlaced', z.object({ orderId: z.string() }));
    expect(takes(event.detail, { metadata, data: { orderId: '1' } })).toBe(true);
    expect(takes(event.detail, { metadata, data: {} })).toBe(false);
  });

  it.each([
    [metadata, true],
    [{ ...metadata, notify: ['users/auth0%7Crose', `places/${id}`] }, true],
    [{ ...metadata, notify: ['users/#'] }, false],
    [{ ...metadata, notify: ['users/+'] }, false],
    [{ ...metadata, notify: ['users/a/b'] }, false],
    [{ ...metadata, notify: ['admin/a'] }, false],
    [{ ...metadata, notify: Array.from({ length: 11 }, () => 'users/a') }, false],
    [{ ...metadata, schema: 'PhotoUploaded' }, false],
    [{ ...metadata, journeyId: 'x' }, false],
    [{ ...metadata, occurredAt: 'yesterday' }, false],
    [{ ...metadata, ownerId: '' }, false],
    [{ ...metadata, step: { number: 1, isLast: true } }, true],
    [{ ...metadata, step: { number: 0, isLast: false } }, false],
    [{ ...metadata, step: { number: 1.5, isLast: false } }, false],
    [{ ...metadata, step: { number: 2 } }, false],
  ])('%# decide on the metadata %j', (value, expected) => {
    expect(takes(eventMetadata, value)).toBe(expected);
  });

  it('of the café name the orders stack as their source, the story of a journey the backend', () => {
    const ofOrders = Object.values(eventRegistry).filter(({ source }) => source === 'happy-path.orders');
    expect(ofOrders).toHaveLength(15);
    expect(eventRegistry.AllEventsStored.source).toBe('happy-path.backend');
  });

  it.each([
    ['OrderCompleted', {}, true],
    ['OrderCompleted', { number: 42 }, true],
    ['OrderCompleted', { number: 0 }, false],
    ['OrderCompleted', { kind: 'PHONE' }, false],
    ['OrderCancelled', {}, false],
    ['OrderCancelled', { reason: 'CLOSING' }, true],
    ['OrderCancelled', { reason: 'Rose did not come' }, false],
    ['OrderTimedOut', { reason: 'NOT_CHOSEN' }, true],
    ['OrderRefused', { reason: 'NO_CAPACITY' }, true],
    ['PreparationCancelled', { reason: 'OUT_OF_STOCK' }, true],
  ] as const)('of an order, %s with %j, fit their form: %s', (name, data, expected) => {
    const value = { orderId: id, cafeId: id, kind: 'SCAN', ...data };
    expect(takes(eventRegistry[name].detail, { metadata, data: value })).toBe(expected);
  });

  it('of an unknown kind still fit the envelope that generic subscribers read', () => {
    const event = { id: '1', source: 'x', 'detail-type': 'New', time, detail: { metadata, data: { a: 1 } } };
    expect(busEvent.parse(event)).toEqual(event);
  });

  it('never speak of more bytes than the form lets in', () => {
    const data = { photoId: id, placeId: id, workflow: 'v1', bucket: 'uploads', key: 'k', etag: '' };
    const { detail } = eventRegistry.PhotoUploaded;
    expect(takes(detail, { metadata, data: { ...data, size: 20 * 1024 * 1024 } })).toBe(true);
    expect(takes(detail, { metadata, data: { ...data, size: 20 * 1024 * 1024 + 1 } })).toBe(false);
  });
});

describe('items', () => {
  const photo = {
    entity: 'photo',
    photoId: id,
    placeId: id,
    ownerId: 'rose',
    contentType: 'image/jpeg',
    size: 1,
    bucket: 'b',
    key: 'k',
    status: 'UPLOADED',
    statusAt: time,
    createdAt: time,
  };

  it('of a photo start without attempts and lose the keys of the table', () => {
    expect(photoItem.parse({ ...photo, PK: 'x' })).toEqual({ ...photo, attempts: 0 });
  });

  it.each([
    [photoItem, { ...photo, status: 'LOST' }],
    [photoItem, { ...photo, entity: 'place' }],
    [placeItem, photo],
    [routingItem, { active: 'latest' }],
    [routingItem, { active: 'v1', canary: { version: 'v2', percent: 101 } }],
    [routingItem, { active: 'v1', places: { park: 'v2' } }],
    [storedRendition, { key: '/etc', width: 1, height: 1, bytes: 1, contentType: 'image/webp' }],
    [storedRendition, { key: 'photos/x', width: 0, height: 1, bytes: 1, contentType: 'image/webp' }],
  ])('%# refuse %j', (schema, value) => {
    expect(takes(schema, value)).toBe(false);
  });

  it('of the routing may send a place and a share elsewhere', () => {
    const routing = { active: 'v1', canary: { version: 'v2', percent: 10 }, places: { [id]: 'v3' } };
    expect(routingItem.parse(routing)).toEqual({ ...routing, revision: 0 });
  });
});

describe('orders', () => {
  const order = {
    entity: 'order',
    orderId: id,
    cafeId: id,
    cafeName: 'Trailhead Café',
    ownerId: 'rose',
    kind: 'SCAN',
    status: 'ADMITTED',
    statusAt: time,
    createdAt: time,
    currency: 'USD',
    steps: 1,
  };

  it('end in the four last statuses, and in no other', () => {
    expect(orderStatuses.slice(-4)).toEqual([...finalStatuses]);
    expect(orderStatuses.filter(isFinal)).toEqual([...finalStatuses]);
  });

  it('have words for every reason', () => {
    expect(new Set(Object.keys(orderMessages))).toEqual(new Set(orderReasons));
    for (const words of Object.values(orderMessages)) expect(words).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    [orderItem, order, true],
    [orderItem, { ...order, steps: 0 }, false],
    [orderItem, { ...order, status: 'READY' }, false],
    [orderItem, { ...order, number: 0 }, false],
    [orderItem, { ...order, reason: 'BECAUSE' }, false],
    [orderItem, { ...order, cancelledBy: 'NOBODY' }, false],
    [orderItem, { ...order, answerBy: 'soon' }, false],
    [windowCode, `1783159200-${id}`, true],
    [windowCode, `1783159200-${id.toLowerCase()}`, false],
    [windowCode, `178315920-${id}`, false],
    [windowCode, `1783159200-${id}0`, false],
    [timeZone, 'America/New_York', true],
    [timeZone, 'America/Springfield', false],
    [cupName, '  Rose ', true],
    [cupName, 'R'.repeat(25), false],
  ])('%# decide on %j', (schema, value, expected) => {
    expect(takes(schema, value)).toBe(expected);
  });

  const size = { id: 'size', name: 'Size', options: [{ id: 'small', name: 'Small', cents: 0 }] };
  const item = { id: 'espresso', name: 'Espresso', cents: 325, available: true, modifiers: [size] };

  it.each([
    [[], true],
    [[item, { ...item, id: 'flat-white' }], true],
    [[item, item], false],
    [[{ ...item, id: 'Flat White' }], false],
    [[{ ...item, cents: -1 }], false],
    [[{ ...item, cents: 1.5 }], false],
    [[{ ...item, modifiers: [size, size] }], false],
    [[{ ...item, modifiers: [{ ...size, options: [] }] }], false],
    [[{ ...item, modifiers: [{ ...size, options: [...size.options, ...size.options] }] }], false],
    [[{ ...item, price: 325 }], false],
    [Array.from({ length: 41 }, (_, index) => ({ ...item, id: `drink-${index}` })), false],
  ])('%# decide on a menu', (value, expected) => {
    expect(takes(menu, value)).toBe(expected);
  });
});

describe('answers', () => {
  it('fit their forms', () => {
    expect(takes(errorResponse, { error: { code: 'NOT_FOUND', message: 'Expected a place' } })).toBe(true);
    expect(takes(publicPhotoPage, { items: [] })).toBe(true);
    expect(takes(placePage, { items: [], nextCursor: 'abc' })).toBe(true);
    expect(takes(journey, { journeyId: id, events: [] })).toBe(true);
    expect(takes(notification, { type: 'T', time, journeyId: id, data: {} })).toBe(true);
    expect(takes(frontendConfig, {})).toBe(false);
  });

  it('travel under a status of their own for each error code', () => {
    expect(new Set(Object.values(errorCodes)).size).toBe(Object.keys(errorCodes).length);
  });
});

describe('names that stacks share', () => {
  it('stand below the stage', () => {
    const names = backendParameters.map((thing) => parameterNames.backend('dev', thing));
    expect(names).toContain('/happy-path/dev/backend/event-bus-name');
    expect(parameterNames.workflow('dev', 'v2')).toBe('/happy-path/dev/workflows/v2');
  });

  it('count a photo that waits for review as unfinished, because its time runs out', () => {
    const finished = photoStatuses.filter((status) => !unfinishedStatuses.some((one) => one === status));
    expect(finished).toEqual(['PUBLISHED', 'REJECTED', 'FAILED', 'DELETED']);
  });
});
