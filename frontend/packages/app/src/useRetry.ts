import type { PhotoView } from '@happy-path/api-client';
import { type Ref, readonly, ref } from 'vue';
import { loadErrorOf } from './load-error.ts';
import { messages } from './messages.ts';
import { useServices } from './services.ts';

export interface UseRetry {
  readonly busy: Readonly<Ref<boolean>>;
  /** Sends a photo on its way again; says so, or why not, and returns it as it stands then. */
  retry(photoId: string): Promise<PhotoView | undefined>;
}

/** Lets a photo be done again from its kept original. */
export function useRetry(): UseRetry {
  const { api, toasts } = useServices();
  const busy = ref(false);

  async function retry(photoId: string): Promise<PhotoView | undefined> {
    busy.value = true;
    try {
      const photo = await api.retryPhoto(photoId, crypto.randomUUID());
      toasts.show({ kind: 'success', text: messages.retry.done });
      return photo;
    } catch (error) {
      toasts.show({ kind: 'attention', text: messages.retry.refused(loadErrorOf(error).message) });
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  return { busy: readonly(busy), retry };
}
