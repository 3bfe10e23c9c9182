import { useToasts } from '@happy-path/app';
import { messages } from '../messages.ts';

/** Hands a link to the system's share sheet, or copies it where there is none. */
export function useShare() {
  const toasts = useToasts();

  async function copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      toasts.show({ kind: 'info', text: messages.photo.copied });
    } catch {
      toasts.show({ kind: 'attention', text: messages.photo.copyFailed });
    }
  }

  async function share(title: string, url = window.location.href): Promise<void> {
    if (typeof navigator.share !== 'function') return copy(url);
    try {
      await navigator.share({ title, url });
    } catch (error) {
      // Closing the share sheet is a decision, not a fault.
      if (!(error instanceof DOMException && error.name === 'AbortError')) await copy(url);
    }
  }

  return { share };
}
