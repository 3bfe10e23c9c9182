import { type ApiClient, ApiError, type PhotoView } from '@happy-path/api-client';
import { loadErrorOf, type Network, type Toasts } from '@happy-path/app';
import type { Realtime } from '@happy-path/realtime';
import type { Session } from '@happy-path/session';
import { computed, watch } from 'vue';
import { acceptFile } from './accept-file.ts';
import { type DeliverPorts, type Delivery, deliver, forgetGrant } from './deliver.ts';
import { createEntries, type Entry, entryOf, newEntry } from './entries.ts';
import { exclusively } from './exclusively.ts';
import { canAskAgain, outcomeOf, toastOf } from './outcomes.ts';
import { createQueue } from './queue.ts';
import { type SendOptions, sendForm } from './send-form.ts';
import { createUploadStore, type UploadStore } from './store.ts';
import { createTracker } from './track.ts';
import type { Uploads } from './types.ts';

export interface UploadsPorts {
  api: Pick<ApiClient, 'requestUpload' | 'getPhoto' | 'retryPhoto'>;
  session: Pick<Session, 'user'>;
  realtime: Pick<Realtime, 'subscribe' | 'onReconnect'>;
  network: Network;
  toasts: Pick<Toasts, 'show'>;
  store?: UploadStore;
  sendForm?: DeliverPorts['sendForm'];
}

/** What has ended is forgotten after a week, dismissed or not: its copy takes room on the phone. */
const FORGOTTEN_AFTER = 7 * 24 * 60 * 60 * 1000;

/**
 * The uploads of this phone. Each file is checked, copied into IndexedDB and sent when there is reception and its
 * owner is signed in, now or at a later visit; then its photo is followed until the workflow has decided.
 */
export function createUploads(ports: UploadsPorts): Uploads & { restored: Promise<void> } {
  return new PhoneUploads(ports);
}

/** Public members are arrow functions and values, so that they may be taken apart. */
class PhoneUploads implements Uploads {
  readonly #ports: UploadsPorts;
  readonly #store: UploadStore;
  readonly #delivery: DeliverPorts;
  readonly #surroundings = () => ({
    userId: this.#ports.session.user.value?.id,
    online: this.#ports.network.online.value,
  });
  readonly #entries = createEntries(this.#surroundings);
  readonly #queue = createQueue({
    entries: this.#entries,
    surroundings: this.#surroundings,
    send: (entry, options) => this.#send(entry, options),
    onEnd: (id, end) => this.#onEnd(id, end),
  });
  readonly #tracker;

  readonly items = this.#entries.items;
  readonly waiting = computed(
    () => this.items.value.filter(({ waitsFor }) => waitsFor === 'reception').length,
  );
  readonly restored: Promise<void>;

  constructor(ports: UploadsPorts) {
    this.#ports = ports;
    this.#store = ports.store ?? createUploadStore();
    this.#delivery = {
      api: ports.api,
      sendForm: ports.sendForm ?? sendForm,
      save: async (record) => {
        // A try that was cancelled meanwhile must not bring its record back.
        if (this.#entries.get(record.id)?.status !== 'cancelled') await this.#store.put(record);
      },
      newKey: () => crypto.randomUUID(),
      now: Date.now,
    };
    this.#tracker = createTracker({ ...ports, onPhoto: (id, photo) => this.#onPhoto(id, photo) });
    this.restored = this.#restore();
    ports.network.onBack(() => this.#queue.hurry());
    watch(() => ports.session.user.value?.id, this.#queue.pump);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#queue.hurry();
    });
  }

  readonly add: Uploads['add'] = async (placeId, placeName, files, caption) => {
    const ownerId = this.#surroundings().userId;
    const words = caption?.trim() || undefined;
    const added = files.map((file) => newEntry({ ownerId, placeId, placeName, file, caption: words }));
    this.#entries.add(added);
    // Asks the browser not to clear the copies when the disk runs low; it may say no, nothing depends on it.
    void navigator.storage?.persist?.().catch(() => false);
    for (const [index, file] of files.entries()) {
      const entry = added[index];
      if (entry) await this.#accept(entry, file);
    }
  };

  readonly cancel: Uploads['cancel'] = async (id) => {
    const status = this.#entries.get(id)?.status;
    if (status !== 'waiting' && status !== 'uploading') return;
    this.#entries.patch(id, { status: 'cancelled' });
    this.#queue.abort(id);
    await this.#store.remove(id);
  };

  readonly retry: Uploads['retry'] = async (id) => {
    const entry = this.#entries.get(id);
    if (entry && (await this.#askAgain(entry))) return;
    if (entry?.status !== 'failed' || !entry.record) return;
    const record = { ...entry.record, status: 'waiting' as const, reason: undefined, message: undefined };
    // After too many broken connections the old form may do, or its bytes may even have arrived; else a new photo.
    if (entry.reason === 'INTERRUPTED') await this.#store.put(record);
    else await forgetGrant(record, this.#delivery);
    this.#entries.remove(id);
    this.#entries.add([{ ...entryOf(record), previewUrl: entry.previewUrl }]);
    this.#queue.pump();
  };

  readonly dismiss: Uploads['dismiss'] = async (id) => {
    const entry = this.#entries.get(id);
    if (!entry || ['waiting', 'uploading', 'processing'].includes(entry.status)) return;
    this.#entries.remove(id);
    URL.revokeObjectURL(entry.previewUrl);
    await this.#store.remove(id);
  };

  /** The server still has the bytes of a photo whose workflow failed; false when they must be sent again. */
  async #askAgain({ id, photoId, status, reason, record }: Entry): Promise<boolean> {
    if (photoId === undefined || !canAskAgain(reason)) return false;
    try {
      await this.#ports.api.retryPhoto(photoId, crypto.randomUUID());
    } catch (error) {
      const gone = error instanceof ApiError && error.status === 409;
      if (gone && status === 'failed') return false;
      this.#ports.toasts.show({ kind: 'attention', text: loadErrorOf(error).message });
      return true;
    }
    this.#entries.patch(id, { status: 'processing', reason: undefined, message: undefined });
    if (record)
      await this.#store.put({ ...record, status: 'processing', reason: undefined, message: undefined });
    this.#tracker.follow(photoId);
    return true;
  }

  async #restore(): Promise<void> {
    for (const record of await this.#store.all()) {
      const ended = record.status === 'rejected' || record.status === 'failed';
      if (ended && record.createdAt < Date.now() - FORGOTTEN_AFTER) {
        await this.#store.remove(record.id);
        continue;
      }
      if (this.#entries.get(record.id)) continue;
      this.#entries.add([entryOf(record)]);
      if (record.status === 'processing' && record.granted) this.#tracker.follow(record.granted.photoId);
    }
    this.#queue.pump();
  }

  /** Checks a file and keeps a copy of it; from then on it goes by itself. */
  async #accept(entry: Entry, file: File): Promise<void> {
    const accepted = await acceptFile(entry, file);
    if (this.#entries.get(entry.id)?.status !== 'waiting') return;
    if (!('bytes' in accepted)) return this.#entries.patch(entry.id, { status: 'refused', ...accepted });
    await this.#store.put(accepted);
    this.#entries.patch(entry.id, { record: accepted });
    this.#queue.pump();
  }

  /** Tabs share the store: only one of them sends an upload, and it goes by what the store says then. */
  #send(entry: Entry, options: SendOptions): Promise<Delivery | { kind: 'gone' }> {
    return exclusively(entry.id, options.signal, async () => {
      const record = await this.#store.get(entry.id);
      if (!record || record.status === 'rejected' || record.status === 'failed') return { kind: 'gone' };
      record.ownerId ??= this.#surroundings().userId;
      const sent: Delivery | undefined = record.status === 'processing' ? { kind: 'sent' } : undefined;
      const end = sent ?? (await deliver(record, this.#delivery, options));
      const { ownerId, granted } = record;
      this.#entries.patch(entry.id, { record, ownerId, photoId: granted?.photoId });
      if (end.kind === 'sent') await this.#store.put({ ...record, status: 'processing' });
      return end;
    });
  }

  #onEnd(id: string, end: Delivery): void {
    const photoId = this.#entries.get(id)?.photoId;
    if (end.kind === 'sent' && photoId !== undefined) this.#tracker.follow(photoId);
    else this.#tell(id);
  }

  #onPhoto(photoId: string, photo: PhotoView | undefined): void {
    const entry = this.#entries.all().find((one) => one.photoId === photoId);
    const change = outcomeOf(photo);
    if (!entry || !change) return;
    this.#entries.patch(entry.id, change);
    if (change.status === 'processing') return;
    this.#tracker.unfollow(photoId);
    this.#tell(entry.id);
  }

  /** A pop-up says the end, and the store keeps it for the next visit; a published photo needs no copy here. */
  #tell(id: string): void {
    const entry = this.#entries.get(id);
    const toast = entry && toastOf(entry);
    if (!toast) return;
    this.#ports.toasts.show(toast);
    const { record, status, reason, message } = entry;
    if (status === 'published') void this.#store.remove(id);
    else if (record && (status === 'rejected' || status === 'failed')) {
      void this.#store.put({ ...record, status, reason, message });
    }
  }
}
