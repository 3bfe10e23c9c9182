import { type ApiClient, ApiError, OfflineError } from '@happy-path/api-client';
import type { RequestUploadResponse } from '#contracts/api/photos.ts';
import { messages } from '../messages.ts';
import type { SendOptions, SendOutcome, sendForm } from './send-form.ts';
import type { UploadRecord } from './store.ts';

/** How one try to bring an upload to the bucket ended; `later` is worth another try in a moment. */
export type Delivery =
  | { kind: 'sent' | 'no-reception' | 'sign-in' | 'later' | 'aborted' }
  | { kind: 'failed'; reason: string; message: string };

export interface DeliverPorts {
  api: Pick<ApiClient, 'requestUpload' | 'getPhoto'>;
  sendForm: typeof sendForm;
  /** Keeps what the next try, perhaps in another tab, must know. */
  save: (record: UploadRecord) => Promise<void>;
  newKey: () => string;
  now: () => number;
}

/** A form that ends this soon would end on the way. */
const MARGIN_MILLISECONDS = 15_000;

/** Brings one upload to the bucket: asks for a form unless there is a good one, then sends the bytes. */
export async function deliver(
  record: UploadRecord,
  ports: DeliverPorts,
  options: SendOptions,
): Promise<Delivery> {
  try {
    if (await hasArrived(record, ports, options.signal)) return { kind: 'sent' };
    const granted = await grant(record, ports, options.signal);
    record.tried = true;
    await ports.save(record);
    const outcome = await ports.sendForm(granted.upload, record.bytes, options);
    if (outcome === 'expired') await forgetGrant(record, ports);
    return deliveryOf(outcome);
  } catch (error) {
    if (options.signal.aborted) return { kind: 'aborted' };
    return refusalOf(error, record, ports);
  }
}

/** The last try may have brought all bytes and only lost the answer; a second photo of it would be wrong. */
async function hasArrived(record: UploadRecord, ports: DeliverPorts, signal: AbortSignal): Promise<boolean> {
  if (!record.granted || !record.tried) return false;
  try {
    const photo = await ports.api.getPhoto(record.granted.photoId, { signal });
    return photo.status !== 'AWAITING_UPLOAD';
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    // Given up, because the bytes did not come in time: what is sent to its form now would be nobody's.
    await forgetGrant(record, ports);
    return false;
  }
}

async function grant(
  record: UploadRecord,
  ports: DeliverPorts,
  signal: AbortSignal,
): Promise<RequestUploadResponse> {
  const { granted } = record;
  if (granted && Date.parse(granted.upload.expiresAt) - ports.now() > MARGIN_MILLISECONDS) return granted;
  if (granted) await forgetGrant(record, ports);
  record.granted = await ports.api.requestUpload(
    record.placeId,
    {
      contentType: record.contentType,
      size: record.bytes.size,
      ...(record.caption !== undefined && { caption: record.caption }),
    },
    record.idempotencyKey,
    { signal },
  );
  await ports.save(record);
  return record.granted;
}

/** A new key, because the old one would bring the old form again. */
export async function forgetGrant(
  record: UploadRecord,
  { save, newKey }: Pick<DeliverPorts, 'save' | 'newKey'>,
) {
  record.granted = undefined;
  record.tried = undefined;
  record.idempotencyKey = newKey();
  await save(record);
}

function deliveryOf(outcome: SendOutcome): Delivery {
  switch (outcome) {
    case 'no-answer':
      return { kind: 'no-reception' };
    case 'expired':
    case 'busy':
      return { kind: 'later' };
    case 'refused':
      return { kind: 'failed', reason: 'NOT_ACCEPTED', message: messages.uploads.notAccepted };
    default:
      return { kind: outcome };
  }
}

async function refusalOf(error: unknown, record: UploadRecord, ports: DeliverPorts): Promise<Delivery> {
  if (error instanceof OfflineError) return { kind: 'no-reception' };
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) return { kind: 'sign-in' };
  if (error.code === 'IDEMPOTENCY_KEY_REUSED') await forgetGrant(record, ports);
  const passing = error.status >= 500 || [408, 409, 422, 429].includes(error.status);
  return passing ? { kind: 'later' } : { kind: 'failed', reason: error.code, message: error.message };
}
