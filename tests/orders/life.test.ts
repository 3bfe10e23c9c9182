import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { orderExecutionView } from '#contracts/api/executions.ts';
import {
  board,
  cafe,
  order,
  orderPage,
  receipt,
  receiptLinks,
  stampCard,
  tokenWindow,
} from '#contracts/api/orders.ts';
import type { CafeItem } from '#contracts/tables/order-items.ts';
import { topics } from '#contracts/topics.ts';
import { callApi } from '../support/api.ts';
import { listen } from '../support/listener.ts';
import type { User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import {
  barista,
  callOrders,
  closes,
  guest,
  latte,
  newCafe,
  orders,
  outputs,
  reaches,
  running,
  slot,
  story,
  web,
} from './app.ts';
import { loseNextOrder, loseReceipts, sweep } from './loss.ts';

let ann: User;
let ben: User;
let rival: User;
let place: CafeItem;

beforeAll(async () => {
  [ann, ben, rival] = await Promise.all([guest(), barista(), barista()]);
  place = await newCafe({ staff: [ben.userId] });
});

const get = async (path: string, { token }: User) => (await callOrders('GET', path, { token })).body;
const post = (path: string, { token }: User, body: unknown) => callOrders('POST', path, { token, body });
const decide = (orderId: string, user: User, decision: object) =>
  post(`/${orderId}/decisions`, user, decision);

/** Scans the code that the café's display shows. */
async function scan(user: User, cafeId = place.cafeId, staff = ben): Promise<string> {
  const { code } = tokenWindow.parse(await get(`/cafes/${cafeId}/window`, staff));
  const { status, body } = await post(`/cafes/${cafeId}/scans`, user, { code, scanId: ulid() });
  expect(status, JSON.stringify(body)).toBe(201);
  return order.parse(body).orderId;
}

/** Scans and chooses; answers once the order waits for a barista. */
async function orderLatte(user: User, cafeId = place.cafeId, staff = ben): Promise<string> {
  const orderId = await scan(user, cafeId, staff);
  await reaches(orderId, 'AWAITING_CHOICE');
  const answer = await callOrders('PUT', `/${orderId}`, {
    token: user.token,
    body: { drink: latte, name: ' Ann  B. ' },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  await reaches(orderId, 'QUEUED');
  return orderId;
}

describe('an order', () => {
  it('goes from the scan to the receipt and the stamp, and everybody hears of it', async () => {
    await using mine = await listen(outputs.mqttUrl, 'happy-path/local', ann.token);
    await using publicly = await listen(outputs.mqttUrl, 'happy-path/local');
    expect(await mine.subscribe(topics.user(ann.userId))).toBe(true);
    expect(await publicly.subscribe(topics.cafe(place.cafeId))).toBe(true);

    const orderId = await orderLatte(ann);
    const queued = order.parse(await get(`/${orderId}`, ann));
    expect(queued).toMatchObject({
      status: 'QUEUED',
      number: 1,
      name: 'Ann B.',
      drink: { name: 'Latte', cents: 560 },
    });
    expect(board.parse((await callOrders('GET', `/cafes/${place.cafeId}/board`)).body).waiting).toEqual([1]);
    expect(await running(place.cafeId)).toEqual([orderId]);

    expect((await decide(orderId, ben, { decision: 'accept' })).status).toBe(200);
    expect((await decide(orderId, ben, { decision: 'accept' })).status).toBe(409);
    expect((await decide(orderId, ben, { decision: 'complete' })).status).toBe(200);
    await mine.hears('PreparationCompleted', orderId);
    const heard = await publicly.hears('PreparationCompleted', orderId);
    expect(JSON.stringify(heard)).not.toMatch(new RegExp(`${ann.userId}|Ann|Latte|latte`));

    const completed = await closes(orderId);
    expect(completed.status).toBe('COMPLETED');
    expect(await running(place.cafeId)).toEqual([]);
    expect(await slot(ann.userId, place.cafeId)).toBeUndefined();

    const links = receiptLinks.parse(await get(`/${orderId}/receipt`, ann));
    const written = receipt.parse(await (await fetch(links.json)).json());
    expect(written).toMatchObject({ orderId, number: 1, drink: { cents: 560 }, cafeName: place.name });
    const page = await fetch(links.html);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toContain('5.60');
    expect((await fetch(links.html.replace(/\?.*/, ''))).status).toBe(403);

    expect(await story(orderId, ann.token)).toEqual([
      ...['NewOrderAdmitted', 'OrderWorkflowStarted', 'OrderChoiceAwaited', 'OrderPlaced', 'OrderQueued'],
      ...['PreparationStarted', 'PreparationCompleted', 'OrderCompleted', 'AllEventsStored'],
    ]);
    await mine.hears('AllEventsStored', orderId);
    await mine.hears('StampGiven', orderId);
    expect(stampCard.parse(await get('/stamps', ann)).stamps.map((stamp) => stamp.orderId)).toEqual([
      orderId,
    ]);
    expect(orderPage.parse(await get('/mine', ann)).items.map((one) => one.orderId)).toEqual([orderId]);

    const execution = orderExecutionView.parse(await get(`/${orderId}/execution`, ben));
    expect(execution.status).toBe('SUCCEEDED');
    expect(execution.visits.map(({ name }) => name)).toContain('Write Receipt');
    const token = (await orders.get(orderId))?.taskToken;
    expect(token).toBeUndefined();
  });

  it('whose receipt cannot be written is completed, and its guest gets the receipt when he asks', async () => {
    const other = await newCafe({ staff: [ben.userId] });
    const orderId = await orderLatte(ann, other.cafeId);
    {
      await using _ = await loseReceipts();
      await decide(orderId, ben, { decision: 'accept' });
      await decide(orderId, ben, { decision: 'complete' });
      expect(await closes(orderId)).toMatchObject({ status: 'COMPLETED', hasReceipt: false });
    }

    const links = receiptLinks.parse(await get(`/${orderId}/receipt`, ann));

    const written = receipt.parse(await (await fetch(links.json)).json());
    expect(written).toMatchObject({ orderId, number: 1, drink: { cents: 560 } });
    expect((await fetch(links.html)).status).toBe(200);
  });

  it('that is made ahead waits for its time with its number, and is ready in time', async () => {
    const orderId = ulid();
    const pickUpAt = new Date(Date.now() + 8000).toISOString();
    const body = { orderId, drink: latte, pickUpAt };
    const made = await post(`/cafes/${place.cafeId}/orders`, ann, body);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect((await post(`/cafes/${place.cafeId}/orders`, ann, body)).status).toBe(201);
    const second = await post(`/cafes/${place.cafeId}/orders`, ann, { ...body, orderId: ulid() });
    expect(second).toMatchObject({
      status: 409,
      body: { error: { details: [{ path: 'orderId', message: orderId }] } },
    });
    expect((await reaches(orderId, 'SCHEDULED')).number).toBeGreaterThan(0);
    const queued = await reaches(orderId, 'QUEUED');
    expect(Date.parse(queued.statusAt)).toBeGreaterThan(Date.parse(pickUpAt) - 2000);
    await decide(orderId, ben, { decision: 'complete' });
    expect((await closes(orderId)).status).toBe('COMPLETED');
    expect((await story(orderId, ann.token)).slice(0, 4)).toEqual([
      ...['NewOrderAdmitted', 'OrderPlaced', 'OrderWorkflowStarted', 'OrderScheduled'],
    ]);
  });

  it.each(['scheduled', 'choosing', 'queued', 'making'])(
    'that is %s can be cancelled by its guest, who may order again at once',
    async (when) => {
      const visitor = await guest();
      const begin = async () => {
        if (when === 'choosing') return scan(visitor);
        if (when !== 'scheduled') return orderLatte(visitor);
        const pickUpAt = new Date(Date.now() + 6000).toISOString();
        const orderId = ulid();
        await post(`/cafes/${place.cafeId}/orders`, visitor, { orderId, drink: latte, pickUpAt });
        await reaches(orderId, 'SCHEDULED');
        return orderId;
      };
      const orderId = await begin();
      if (when === 'making') await decide(orderId, ben, { decision: 'accept' });
      if (when === 'choosing') await reaches(orderId, 'AWAITING_CHOICE');
      expect((await decide(orderId, visitor, { decision: 'cancel' })).status).toBe(200);
      expect((await decide(orderId, visitor, { decision: 'cancel' })).status).toBe(409);
      expect((await decide(orderId, ben, { decision: 'complete' })).status).toBe(409);
      const again = await post(`/cafes/${place.cafeId}/orders`, visitor, {
        orderId: ulid(),
        drink: latte,
        pickUpAt: new Date(Date.now() + 60_000).toISOString(),
      });
      expect(again.status, JSON.stringify(again.body)).toBe(201);
      await decide(order.parse(again.body).orderId, visitor, { decision: 'cancel' });
      expect(await closes(orderId)).toMatchObject({
        status: 'CANCELLED',
        reason: 'CANCELLED_BY_GUEST',
        cancelledBy: 'GUEST',
      });
      expect((await story(orderId, visitor.token)).filter((type) => type === 'OrderCancelled')).toHaveLength(
        1,
      );
    },
  );

  it('that a barista cancels says why, in two events', async () => {
    const orderId = await orderLatte(ann);
    expect((await decide(orderId, ben, { decision: 'cancel', reason: 'OUT_OF_STOCK' })).status).toBe(200);
    const seen = order.parse(await get(`/${orderId}`, ann));
    expect(seen).toMatchObject({ status: 'CANCELLED', cancelledBy: 'CAFE', reason: 'OUT_OF_STOCK' });
    expect(seen.message).toMatch(/run out/);
    expect((await story(orderId, ann.token)).slice(-3)).toEqual([
      'PreparationCancelled',
      'OrderCancelled',
      'AllEventsStored',
    ]);
    await closes(orderId);
  });

  it('whose guest does not choose ends in time, and so does one that nobody makes', async () => {
    const other = await guest();
    const [unchosen, unmade] = await Promise.all([scan(ann), orderLatte(other)]);
    expect(await closes(unchosen)).toMatchObject({ status: 'TIMED_OUT', reason: 'NOT_CHOSEN' });
    expect(await closes(unmade)).toMatchObject({ status: 'TIMED_OUT', reason: 'NOT_PREPARED' });
    expect(await running(place.cafeId)).toEqual([]);
  });

  it('is held against the menu', async () => {
    const orderId = await scan(ann);
    await reaches(orderId, 'AWAITING_CHOICE');
    const place = (drink: object) => callOrders('PUT', `/${orderId}`, { token: ann.token, body: { drink } });
    for (const drink of [
      { itemId: 'beer' },
      { itemId: 'cocoa' },
      { itemId: 'latte', modifiers: { size: 'bucket' } },
      { itemId: 'latte', modifiers: { shots: 'ten' } },
    ]) {
      const { status, body } = await place(drink);
      expect(status, JSON.stringify(body)).toBe(400);
    }
    expect((await orders.get(orderId))?.status).toBe('AWAITING_CHOICE');
    await decide(orderId, ann, { decision: 'cancel' });
  });
});

describe('a café', () => {
  it('that is closed takes no new order and finishes those that run', async () => {
    const cafeOfBen = await newCafe({ staff: [ben.userId] });
    const { cafeId } = cafeOfBen;
    await using board = await listen(outputs.mqttUrl, 'happy-path/local');
    await board.subscribe(topics.cafe(cafeId));
    const orderId = await orderLatte(ann, cafeId);
    const closed = await callOrders('PUT', `/cafes/${cafeId}`, {
      token: ben.token,
      body: { revision: 1, isOpen: false },
    });
    expect(closed.status, JSON.stringify(closed.body)).toBe(200);
    await board.hears('ConfigChanged', cafeId);
    const late = await callOrders('PUT', `/cafes/${cafeId}`, {
      token: ben.token,
      body: { revision: 1, isOpen: true },
    });
    expect(late.status).toBe(409);
    const shown = tokenWindow.parse(await get(`/cafes/${cafeId}/window`, ben));
    expect(shown).toMatchObject({ isOpen: false });
    expect(shown.code).toBeUndefined();
    const refused = await post(`/cafes/${cafeId}/orders`, await guest(), {
      orderId: ulid(),
      drink: latte,
      pickUpAt: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/closed/) } },
    });
    await decide(orderId, ben, { decision: 'complete' });
    expect((await closes(orderId)).status).toBe('COMPLETED');
  });

  it('that has no capacity left refuses the next order, and takes one again when one is over', async () => {
    const { cafeId } = await newCafe({ staff: [ben.userId], capacity: 1 });
    const others = await Promise.all([guest(), guest()]);
    const first = await orderLatte(ann, cafeId);
    const second = await scan(others[0] as User, cafeId);
    expect(await closes(second)).toMatchObject({ status: 'REFUSED', reason: 'NO_CAPACITY' });
    expect(cafe.parse(await get(`/cafes/${cafeId}`, ben))).toMatchObject({ capacity: 1, running: 1 });
    await decide(first, ann, { decision: 'cancel' });
    await closes(first);
    const third = await orderLatte(others[1] as User, cafeId);
    await decide(third, ben, { decision: 'complete' });
    expect((await closes(third)).status).toBe('COMPLETED');
  });
});

describe('what belongs to others', () => {
  it('is not there for guests, and forbidden to baristas of another café', async () => {
    const eve = await guest();
    const orderId = await orderLatte(ann);
    const status = async (answer: Promise<{ status: number }>) => (await answer).status;
    const as = (user: User | undefined, method: string, path: string, body?: unknown) =>
      status(
        callOrders(method, path, {
          ...(user && { token: user.token }),
          ...(body === undefined ? {} : { body }),
        }),
      );
    const { cafeId } = place;
    for (const [method, path, body] of [
      ['GET', `/${orderId}`],
      ['PUT', `/${orderId}`, { drink: latte }],
      ['POST', `/${orderId}/decisions`, { decision: 'cancel' }],
      ['POST', `/${orderId}/decisions`, { decision: 'complete' }],
      ['GET', `/${orderId}/receipt`],
    ] as const) {
      expect(await as(undefined, method, path, body), `${method} ${path}`).toBe(401);
      expect(await as(eve, method, path, body), `${method} ${path}`).toBe(404);
      expect([403, 404], `${method} ${path}`).toContain(await as(rival, method, path, body));
    }
    for (const [method, path, body] of [
      ['GET', `/cafes/${cafeId}/window`],
      ['GET', `/cafes/${cafeId}/orders?status=QUEUED`],
      ['PUT', `/cafes/${cafeId}`, { revision: 1, isOpen: false }],
    ] as const) {
      expect(await as(undefined, method, path, body), path).toBe(401);
      expect(await as(eve, method, path, body), path).toBe(403);
      expect(await as(rival, method, path, body), path).toBe(403);
    }
    expect(await as(eve, 'GET', `/${orderId}/execution`)).toBe(403);
    expect(await as(rival, 'GET', `/${orderId}/execution`)).not.toBe(200);
    expect(await as(ben, 'PUT', `/cafes/${cafeId}`, { revision: 1, staff: [eve.userId] })).toBe(403);
    const journey = callApi(web, 'GET', `/journeys/${orderId}`, { token: eve.token });
    expect(await status(journey)).toBe(404);
    // The guest decides about cancelling only, and a barista does not choose.
    expect(await as(ann, 'POST', `/${orderId}/decisions`, { decision: 'complete' })).toBe(403);
    expect(await as(ben, 'PUT', `/${orderId}`, { drink: latte })).toBe(403);
    expect((await orders.get(orderId))?.status).toBe('QUEUED');
    await decide(orderId, ben, { decision: 'complete' });
    await closes(orderId);
    expect(await as(eve, 'GET', `/${orderId}/receipt`)).toBe(404);
    expect(await as(ben, 'GET', `/${orderId}/receipt`)).toBe(404);
  });

  it('is heard by its guest alone', async () => {
    await using eve = await listen(outputs.mqttUrl, 'happy-path/local', (await guest()).token);
    expect(await eve.subscribe(topics.user(ann.userId))).toBe(false);
  });
});

it('the sweeper ends an order whose processor never came, and frees what it held', async () => {
  const { cafeId } = await newCafe({ staff: [ben.userId] });
  const visitor = await guest();
  await using _lost = await loseNextOrder();
  const orderId = await scan(visitor, cafeId);
  await waitUntil('the order to be overdue', async () => {
    await sweep();
    return (await orders.get(orderId))?.status === 'CANCELLED' ? true : undefined;
  });
  expect(await closes(orderId)).toMatchObject({ reason: 'WORKFLOW_FAILED', cancelledBy: 'SYSTEM' });
  expect(await slot(visitor.userId, cafeId)).toBeUndefined();
});
