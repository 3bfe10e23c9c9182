import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NotFoundError } from '#platform/errors.ts';
import { lambdaContext } from '../testing/lambda.ts';
import { dynamodbIdempotency } from './idempotency.ts';

const stored = new Map<string, IdempotencyRecord>();
/** The library's table as a map; its own logic of keys, hashes and states stays. */
class Table extends DynamoDBPersistenceLayer {
  static install() {
    const layer = DynamoDBPersistenceLayer.prototype as unknown as Record<string, unknown>;
    layer._putRecord = async (record: IdempotencyRecord) => {
      if (stored.has(record.idempotencyKey)) throw new IdempotencyItemAlreadyExistsError('taken');
      stored.set(record.idempotencyKey, record);
    };
    layer._getRecord = async (key: string) => {
      const record = stored.get(key);
      if (!record) throw new IdempotencyItemNotFoundError('none');
      return record;
    };
    layer._updateRecord = async (record: IdempotencyRecord) => {
      const { payloadHash } = stored.get(record.idempotencyKey) ?? {};
      if (payloadHash) record.payloadHash = payloadHash;
      stored.set(record.idempotencyKey, record);
    };
    layer._deleteRecord = async (record: IdempotencyRecord) => void stored.delete(record.idempotencyKey);
  }
}
vi.stubEnv('AWS_REGION', 'eu-central-1');
Table.install();
beforeEach(() => stored.clear());

const caller = { userId: 'rose', groups: [] };
const operation = { key: 'k1', caller, operation: 'POST /places' };
const input = { body: { name: 'Zion' } };
const { once } = dynamodbIdempotency('table', 300);

describe('an Idempotency-Key', () => {
  it('runs the operation once and repeats its answer', async () => {
    const run = vi.fn(async () => ({ placeId: '1' }));
    const first = await once(operation, input, run, lambdaContext);
    const second = await once(operation, input, run, lambdaContext);
    expect(second).toEqual(first);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('belongs to one caller and one operation', async () => {
    const run = vi.fn(async () => ({}));
    await once(operation, input, run, lambdaContext);
    await once({ ...operation, caller: { userId: 'vic', groups: [] } }, input, run, lambdaContext);
    await once({ ...operation, operation: 'POST /photos' }, input, run, lambdaContext);
    await once({ ...operation, key: 'k2' }, input, run, lambdaContext);
    await once({ ...operation, caller: undefined }, input, run, lambdaContext);
    expect(run).toHaveBeenCalledTimes(5);
  });

  it('of another request is refused as reused', async () => {
    const run = async () => ({});
    await once(operation, input, run, lambdaContext);
    const other = once(operation, { body: { name: 'Bryce' } }, run, lambdaContext);
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('of a request that is still running is a conflict', async () => {
    // Prepare
    let finish = () => {};
    const running = once(
      operation,
      input,
      () => new Promise<object>((resolve) => (finish = () => resolve({}))),
      lambdaContext,
    );
    await vi.waitFor(() => expect(stored.size).toBe(1), { timeout: 20_000 });

    // Act
    const second = once(operation, input, async () => ({}), lambdaContext);

    // Assess
    await expect(second).rejects.toMatchObject({ code: 'CONFLICT' });
    finish();
    await running;
  });

  it('of a request that failed may be tried again, and the failure comes out as it was', async () => {
    const error = new NotFoundError('no such place');
    const failing = once(operation, input, () => Promise.reject(error), lambdaContext);
    await expect(failing).rejects.toBe(error);
    expect(await once(operation, input, async () => ({ ok: 1 }), lambdaContext)).toEqual({ ok: 1 });
  });

  it.each(['', ' ', 'with blank', 'ümlaut', 'x'.repeat(129), 'new\nline'])(
    'of the form %j is refused',
    async (key) => {
      const run = vi.fn(async () => ({}));
      await expect(once({ ...operation, key }, input, run, lambdaContext)).rejects.toMatchObject({
        name: 'InvalidError',
      });
      expect(run).not.toHaveBeenCalled();
    },
  );
});

describe('without an Idempotency-Key', () => {
  it('the operation just runs, each time', async () => {
    const run = vi.fn(async () => ({}));
    await once({ ...operation, key: undefined }, input, run, lambdaContext);
    await once({ ...operation, key: undefined }, input, run, lambdaContext);
    expect(run).toHaveBeenCalledTimes(2);
    expect(stored.size).toBe(0);
  });
});

describe('a table that fails', () => {
  it('is nobody’s bad request', async () => {
    const layer = DynamoDBPersistenceLayer.prototype as unknown as { _putRecord(): Promise<void> };
    vi.spyOn(layer, '_putRecord').mockRejectedValueOnce(new Error('throttled'));
    const attempt = once(operation, input, async () => ({}), lambdaContext);
    await expect(attempt).rejects.toMatchObject({ name: 'IdempotencyPersistenceLayerError' });
  });
});
