import { ApiError, OfflineError } from '@happy-path/api-client';
import { onStage, order } from '@happy-path/app/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { codeOf } from './scan-intent.ts';
import { useScan } from './useScan.ts';

beforeEach(() => sessionStorage.clear());

const refusal = (status: number, retryAfter?: number) =>
  new ApiError(status, { code: 'X', message: `Refused with ${status}.` }, retryAfter);

function scanner({ signedIn = true } = {}) {
  const onOrder = vi.fn();
  const stage = onStage(
    ({ user }) => {
      if (signedIn) user.value = { id: 'u1', groups: [] };
    },
    () => useScan(onOrder),
  );
  return { ...stage, onOrder };
}

const scanIds = (api: ReturnType<typeof scanner>['api']) =>
  api.orders.scan.mock.calls.map(([, { scanId }]) => scanId);

it('turns a code into an order and forgets the code', async () => {
  const { result, api, onOrder } = scanner();
  api.orders.scan.mockResolvedValue(order('o1'));

  await result.use('cafe', 'code');

  expect(api.orders.scan).toHaveBeenCalledWith('cafe', {
    code: 'code',
    scanId: expect.stringMatching(/^\w{26}$/),
  });
  expect(onOrder).toHaveBeenCalledExactlyOnceWith('o1', false);
  expect(sessionStorage.length).toBe(0);
});

it('goes to the order that runs already', async () => {
  const { result, api, onOrder } = scanner();
  api.orders.scan.mockRejectedValue(
    new ApiError(409, {
      code: 'CONFLICT',
      message: 'Running.',
      details: [{ path: 'orderId', message: 'o9' }],
    }),
  );

  await result.use('cafe', 'code');

  expect(onOrder).toHaveBeenCalledExactlyOnceWith('o9', true);
  expect(result.refusal.value).toBeUndefined();
});

describe('a code that is refused', () => {
  it.each([
    [404, 'unknown'],
    [400, 'unknown'],
    [410, 'old'],
    [409, 'closed'],
  ] as const)('with %d is %s, and another scan starts anew', async (status, kind) => {
    const { result, api } = scanner();
    api.orders.scan.mockRejectedValue(refusal(status));

    await result.use('cafe', 'code');

    expect(result.refusal.value).toEqual({ kind, message: `Refused with ${status}.` });
    expect(sessionStorage.length).toBe(0);
    result.clear();
    await result.use('cafe', 'code');
    expect(new Set(scanIds(api)).size).toBe(2);
  });

  it('because all places are taken says when the next come', async () => {
    const { result, api } = scanner();
    api.orders.scan.mockRejectedValue(refusal(429, 42));
    const before = Date.now();

    await result.use('cafe', 'code');

    expect(result.refusal.value?.kind).toBe('taken');
    expect(result.refusal.value?.nextAt).toBeGreaterThanOrEqual(before + 42_000);
    expect(result.refusal.value?.nextAt).toBeLessThan(before + 60_000);
  });
});

describe('one scan takes one place', () => {
  it.each([
    ['offline', new OfflineError()],
    ['failed', refusal(500)],
  ] as const)('also when it is sent again after it was %s', async (kind, error) => {
    const { result, api, onOrder } = scanner();
    api.orders.scan.mockRejectedValueOnce(error).mockResolvedValueOnce(order('o1'));
    await result.use('cafe', 'code');
    expect(result.refusal.value?.kind).toBe(kind);

    await result.resume();

    expect(onOrder).toHaveBeenCalledWith('o1', false);
    expect(new Set(scanIds(api)).size).toBe(1);
  });

  it('also when the page was reloaded meanwhile', async () => {
    const before = scanner();
    before.api.orders.scan.mockRejectedValue(new OfflineError());
    await before.result.use('cafe', 'code');
    const after = scanner();
    after.api.orders.scan.mockResolvedValue(order('o1'));

    expect(after.result.intent.value).toMatchObject({ cafeId: 'cafe', code: 'code' });
    await after.result.resume();

    expect(scanIds(after.api)).toEqual(scanIds(before.api));
  });

  it('also when the camera sees the code again while it is being sent', async () => {
    const { result, api } = scanner();
    api.orders.scan.mockResolvedValue(order('o1'));

    await Promise.all([result.use('cafe', 'code'), result.use('cafe', 'code')]);

    expect(api.orders.scan).toHaveBeenCalledTimes(1);
  });
});

it('is not used again by a camera that still sees it', async () => {
  const { result, api } = scanner();
  api.orders.scan.mockResolvedValue(order('o1'));
  await result.use('cafe', 'code');

  await result.use('cafe', 'code');

  expect(api.orders.scan).toHaveBeenCalledTimes(1);
  expect(result.intent.value).toBeDefined();
});

it('waits for the guest to sign in and goes on then', async () => {
  const { result, api, user, onOrder } = scanner({ signedIn: false });
  await result.use('cafe', 'code');
  expect(result.needsSignIn.value).toBe(true);
  expect(api.orders.scan).not.toHaveBeenCalled();
  api.orders.scan.mockResolvedValue(order('o1'));

  user.value = { id: 'u1', groups: [] };
  await result.resume();

  expect(onOrder).toHaveBeenCalledWith('o1', false);
});

describe('a QR code', () => {
  it.each([
    ['https://park.example/cafes/c1/scan?code=17-A', { cafeId: 'c1', code: '17-A' }],
    ['http://localhost:3000/cafes/c1/scan?code=17-A&x=1', { cafeId: 'c1', code: '17-A' }],
    ['https://park.example/cafes/c1/scan', undefined],
    ['https://park.example/cafes/c1/scan?code=', undefined],
    ['https://park.example/places/c1?code=17-A', undefined],
    ['WIFI:S:park;;', undefined],
    ['', undefined],
  ])('%s is read as %o', (text, read) => {
    expect(codeOf(text)).toEqual(read);
  });
});

it('is not upset by what else stands in the storage', () => {
  sessionStorage.setItem('happy-path:scan', '{');
  expect(scanner().result.intent.value).toBeUndefined();
});
