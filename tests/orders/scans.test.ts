import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { type TokenWindow, tokenWindow } from '#contracts/api/orders.ts';
import { AppError } from '#platform/errors.ts';
import { limit } from '../../scripts/lib/limit.ts';
import { scanCode } from '../../workflows/orders/functions/scan-code/scan-code.ts';
import { showWindow } from '../../workflows/orders/functions/show-window/show-window.ts';
import { volume } from '../support/proof.ts';
import {
  admin,
  cafes,
  callOrders,
  guest,
  manager,
  newCafe,
  orders,
  running,
  stranger,
  windows,
} from './app.ts';

const plan = { windowSeconds: 300, tokens: 10 };
/** Beginnings of windows long ago, so that time is the test's and not the clock's. */
const edge = 1_800_000_000;

/**
 * The validator as it is deployed, on the deployed table and order manager, at a time of the test's choosing. That the
 * café is open and the guests new is known here, so that each scan is the one write that decides.
 */
function validatorAt(seconds: () => number) {
  const now = () => new Date(seconds() * 1000);
  const cafe = memoized((cafeId: string) => cafes.get(cafeId));
  const scan = scanCode({
    cafes: { get: cafe },
    windows,
    orders: { get: (orderId) => orders.get(orderId), activeOrderId: async () => undefined },
    manager,
    ...plan,
    newId: () => ulid(),
    now,
  });
  const show = showWindow({ cafes, windows, plan, newSecret: ulid, now });
  const boss = { userId: 'admin', groups: ['admins'] };
  return {
    code: async (cafeId: string) => (await show({ path: { cafeId }, caller: boss })).code ?? '',
    /** `admitted`, or the code of the refusal. */
    scan: async (cafeId: string, code: string, userId: string, scanId = ulid()) => {
      try {
        const body = { code, scanId };
        const order = await scan({ path: { cafeId }, body, caller: { userId, groups: [] } });
        return { outcome: 'admitted', orderId: order.orderId };
      } catch (error) {
        if (error instanceof AppError) return { outcome: error.code, orderId: undefined };
        throw error;
      }
    },
  };
}

/** Asks once for each argument. */
function memoized<Answer>(ask: (id: string) => Promise<Answer>): (id: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (id) => {
    const answer = answers.get(id) ?? ask(id);
    answers.set(id, answer);
    return answer;
  };
}

const count = (results: readonly { outcome: string }[]) =>
  Object.fromEntries(
    [...new Set(results.map(({ outcome }) => outcome))].map((outcome) => [
      outcome,
      results.filter((result) => result.outcome === outcome).length,
    ]),
  );

describe('a window of ten tokens', () => {
  it.each(Array.from({ length: volume(20, 3) }, (_, round) => round + 1))(
    'admits exactly ten of 1,000 scans at once, round %i',
    async () => {
      // Prepare
      const { cafeId } = await newCafe();
      const validator = validatorAt(() => edge + 10);
      const code = await validator.code(cafeId);
      // Act
      const scans = Array.from({ length: 1000 }, () => validator.scan(cafeId, code, stranger().userId));
      const results = await Promise.all(scans);
      // Assess
      expect(count(results)).toEqual({ admitted: 10, TOO_MANY_REQUESTS: 990 });
      const admitted = results.flatMap(({ orderId }) => orderId ?? []);
      expect(new Set(admitted).size).toBe(10);
      const made = await Promise.all(admitted.map((orderId) => orders.get(orderId)));
      expect(made.filter((order) => order?.cafeId === cafeId)).toHaveLength(10);
    },
  );

  it('admits ten before and ten after its edge, when 1,000 scans of both codes cross it', async () => {
    // Prepare: the clock goes over the edge in the middle of the scans.
    const { cafeId } = await newCafe();
    let clock = edge + plan.windowSeconds - 1;
    const validator = validatorAt(() => clock);
    const old = await validator.code(cafeId);
    clock += 1;
    const next = await validator.code(cafeId);
    expect(next).not.toBe(old);
    clock -= 1;
    // Act
    const early = Array.from({ length: 500 }, () => validator.scan(cafeId, old, stranger().userId));
    const before = await Promise.all(early);
    clock += 1;
    const late = Array.from({ length: 1000 }, (_, number) =>
      validator.scan(cafeId, number % 2 ? old : next, stranger().userId),
    );
    const after = await Promise.all(late);
    // Assess
    expect(count(before)).toEqual({ admitted: 10, TOO_MANY_REQUESTS: 490 });
    expect(count(after)).toEqual({ admitted: 10, TOO_MANY_REQUESTS: 490, GONE: 500 });
  });

  it('spends one token on one guest, however often and with however many scans he comes', async () => {
    const { cafeId } = await newCafe();
    const validator = validatorAt(() => edge);
    const code = await validator.code(cafeId);
    const { userId } = stranger();
    const scanId = ulid();
    const same = await Promise.all(
      Array.from({ length: 50 }, () => validator.scan(cafeId, code, userId, scanId)),
    );
    const others = await Promise.all(Array.from({ length: 50 }, () => validator.scan(cafeId, code, userId)));
    expect(count(same)).toEqual({ admitted: 50 });
    expect(new Set(same.map(({ orderId }) => orderId)).size).toBe(1);
    expect(count(others)).toEqual({ CONFLICT: 50 });
    expect((await windows.get(cafeId, edge))?.tokensLeft).toBe(9);
  });

  it('makes one order of 100 that one account sends in the same instant', async () => {
    const { cafeId } = await newCafe();
    const { userId } = stranger();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        manager.call({
          action: 'create',
          orderId: ulid(),
          kind: 'SCAN',
          scanId: ulid(),
          cafeId,
          caller: { userId, groups: [] },
        }),
      ),
    );
    expect(count(answers)).toEqual({ OK: 1, RUNNING: 99 });
    const made = answers.find(({ outcome }) => outcome === 'OK')?.order?.orderId;
    const led = answers.flatMap(({ runningOrderId }) => runningOrderId ?? []);
    expect(new Set(led)).toEqual(new Set([made]));
  });

  it('shows every display of a café the same code, however many ask first', async () => {
    const { cafeId } = await newCafe();
    const validator = validatorAt(() => edge);
    const codes = await Promise.all(Array.from({ length: 50 }, () => validator.code(cafeId)));
    expect(new Set(codes).size).toBe(1);
  });

  it('refuses codes that are forged, foreign, early or late, and changes nothing', async () => {
    // Prepare
    const [here, there] = await Promise.all([newCafe(), newCafe()]);
    let clock = edge;
    const validator = validatorAt(() => clock);
    const [code, foreign] = await Promise.all([validator.code(here.cafeId), validator.code(there.cafeId)]);
    const forged = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    const state = async () =>
      JSON.stringify([await windows.get(here.cafeId, edge), await running(here.cafeId)]);
    const before = await state();
    const outcomeOf = async (given: string) =>
      (await validator.scan(here.cafeId, given, stranger().userId)).outcome;
    // Act and assess
    expect(await outcomeOf(forged)).toBe('NOT_FOUND');
    expect(await outcomeOf(foreign)).toBe('NOT_FOUND');
    expect(await outcomeOf(`${edge + 300}-${code.slice(11)}`)).toBe('NOT_FOUND');
    clock = edge - 1;
    expect(await outcomeOf(code)).not.toBe('admitted');
    clock = edge + 300;
    expect(await outcomeOf(code)).toBe('GONE');
    expect(await state()).toBe(before);
  });
});

/** What the café's display shows, with time enough left for a test. */
async function lastingWindow(cafeId: string, token: string): Promise<TokenWindow> {
  const show = async () =>
    tokenWindow.parse((await callOrders('GET', `/cafes/${cafeId}/window`, { token })).body);
  const window = await show();
  const left = Date.parse(window.endsAt) - Date.now();
  if (left > 60_000) return window;
  await new Promise((resolve) => setTimeout(resolve, left + 1000));
  return show();
}

/** As many at a time as two processors have functions started for within the API's 29 seconds. */
const few = limit(16);
const send = (cafeId: string, code: string | undefined, token: string) =>
  few(() => callOrders('POST', `/cafes/${cafeId}/scans`, { token, body: { code, scanId: ulid() } }));

describe('the deployed validator', () => {
  it('admits ten of many who come through the API, and tells the others when to come back', async () => {
    // Prepare: some guests, each with several scans at once.
    const boss = await admin();
    const { cafeId } = await newCafe();
    const guests = await Promise.all(Array.from({ length: 14 }, guest));
    const { code } = await lastingWindow(cafeId, boss.token);
    // Act
    const answers = await Promise.all(
      guests.flatMap(({ token }) => Array.from({ length: 5 }, () => send(cafeId, code, token))),
    );
    // Assess
    const of = (status: number) => answers.filter((answer) => answer.status === status);
    expect(of(201)).toHaveLength(10);
    expect(of(409).length + of(429).length, JSON.stringify(answers.map(({ status }) => status))).toBe(60);
    const seconds = Number(of(429)[0]?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(3600);
    const shown = await lastingWindow(cafeId, boss.token);
    expect(shown.tokensLeft).toBe(0);
    expect(shown.code).toBeUndefined();
  });

  it('makes one order of 100 that one account sends at once', async () => {
    const boss = await admin();
    const visitor = await guest();
    const { cafeId } = await newCafe();
    const { code } = await lastingWindow(cafeId, boss.token);
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(cafeId, code, visitor.token)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(99);
    const made = answers.find(({ status }) => status === 201)?.body as { orderId: string };
    const led = answers.flatMap(({ body: refusal }) =>
      ((refusal as { error?: { details?: { path: string; message: string }[] } }).error?.details ?? []).map(
        ({ message }) => message,
      ),
    );
    expect(new Set(led)).toEqual(new Set([made.orderId]));
    expect(led).toHaveLength(99);
  });
});
