import { ulid } from 'ulid';
import { order as orderSchema, receiptLinks, tokenWindow } from '#contracts/api/orders.ts';
import { topics } from '#contracts/topics.ts';
import { awsClients } from '../../tests/support/aws.ts';
import { listen } from '../../tests/support/listener.ts';
import { newUser, signIn } from '../../tests/support/users.ts';
import type { LocalOutputs } from '../lib/outputs.ts';
import { demoPlaces } from '../seed.ts';
import type { Scenario } from './scenarios.ts';

/** The demo's first café, and who makes there. */
const cafeId = demoPlaces.find(({ type }) => type === 'cafe')?.placeId ?? '';
const staff = 'barista@example.com';
/** A guest's app looks every 15 seconds, whatever it hears: four minutes of waiting. */
const guestPolls = 16;
/** What the tablet lists each time it reads. */
const listed = ['AWAITING_CHOICE', 'SCHEDULED', 'QUEUED', 'MAKING', 'PREPARED'] as const;

type Call = (method: string, path: string, body?: object) => Promise<unknown>;

/** Calls the orders API for somebody, and fails unless it is answered well. */
function callerOf(outputs: LocalOutputs, token: string): Call {
  return async (method, path, body) => {
    const answer = await fetch(`${outputs.frontends.visitor}/orders${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    throw new Error(`Expected ${method} ${path} to be answered well, got ${answer.status}: ${text}`);
  };
}

/** The display and the barista's tablet, as they read after a hint and in their own rhythm. */
async function openCafe(outputs: LocalOutputs) {
  const barista = callerOf(outputs, await signIn(awsClients(outputs.endpoint), outputs, staff));
  const path = `/cafes/${cafeId}`;
  const readBoard = () => barista('GET', `${path}/board`);
  const readWindow = async () => tokenWindow.parse(await barista('GET', `${path}/window`));
  const readTablet = async () => {
    await Promise.all(listed.map((status) => barista('GET', `${path}/orders?status=${status}&limit=100`)));
    await readBoard();
    await barista('GET', path);
  };
  return { barista, readBoard, readWindow, readTablet };
}

/** An order from the scan to the stamp; guest, display and tablet read again after each step. */
export const order: Scenario = {
  name: 'order',
  prepare: async (outputs) => {
    const aws = awsClients(outputs.endpoint);
    const { barista, readBoard, readWindow, readTablet } = await openCafe(outputs);
    return async () => {
      const user = await newUser(aws, outputs);
      const guest = callerOf(outputs, user.token);
      const prefix = outputs.stacks.backend?.TopicPrefix ?? '';
      await using listener = await listen(outputs.mqttUrl, prefix, user.token);
      await listener.subscribe(topics.user(user.userId));
      const { code } = await readWindow();
      const scan = await guest('POST', `/cafes/${cafeId}/scans`, { code, scanId: ulid() });
      const { orderId } = orderSchema.parse(scan);
      const decide = (decision: string) => barista('POST', `/${orderId}/decisions`, { decision });
      const allRead = async () => {
        await Promise.all([guest('GET', `/${orderId}`), readBoard(), readTablet()]);
      };
      await listener.hears('OrderChoiceAwaited', orderId);
      await Promise.all([allRead(), readWindow(), guest('GET', `/cafes/${cafeId}`)]);
      await guest('PUT', `/${orderId}`, { drink: { itemId: 'flat-white', modifiers: { milk: 'oat' } } });
      await listener.hears('OrderQueued', orderId);
      await allRead();
      await decide('accept');
      await listener.hears('PreparationStarted', orderId);
      await allRead();
      for (let poll = 0; poll < guestPolls; poll += 1) await guest('GET', `/${orderId}`);
      await decide('complete');
      await listener.hears('OrderCompleted', orderId);
      await allRead();
      const { html } = receiptLinks.parse(await guest('GET', `/${orderId}/receipt`));
      await fetch(html);
      await listener.hears('StampGiven', orderId);
      await guest('GET', '/stamps');
    };
  },
};

/** What display and tablet read in a minute although nothing happens. */
export const cafeMinute: Scenario = {
  name: 'café minute',
  prepare: async (outputs) => {
    const { readBoard, readWindow, readTablet } = await openCafe(outputs);
    return async () => {
      await Promise.all([readTablet(), readWindow()]);
      await Promise.all([readTablet(), readWindow(), readBoard()]);
    };
  },
};
