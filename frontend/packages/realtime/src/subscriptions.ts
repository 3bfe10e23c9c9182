import type { Notification } from '#contracts/notifications.ts';

type Handler = (notification: Notification) => void;

/** Who hears which topic; several views may share one, the channel subscribes to it once. */
export function createSubscriptions(channel: { first(topic: string): void; last(topic: string): void }) {
  const handlers = new Map<string, Set<Handler>>();

  function add(topic: string, handler: Handler): () => void {
    const known = handlers.get(topic);
    // Wrapped, so that one function given twice counts as two subscriptions.
    const own: Handler = (notification) => handler(notification);
    if (known) {
      known.add(own);
    } else {
      handlers.set(topic, new Set([own]));
      channel.first(topic);
    }
    return () => remove(topic, own);
  }

  function remove(topic: string, handler: Handler): void {
    const known = handlers.get(topic);
    if (!known?.delete(handler) || known.size > 0) return;
    handlers.delete(topic);
    channel.last(topic);
  }

  return {
    add,
    topics: () => [...handlers.keys()],
    deliver(topic: string, notification: Notification): void {
      for (const handler of [...(handlers.get(topic) ?? [])]) handler(notification);
    },
  };
}

/** Callbacks with a way out, called in the order they came. */
export function createCallbacks() {
  const callbacks = new Set<() => void>();
  return {
    add(callback: () => void): () => void {
      const own = () => callback();
      callbacks.add(own);
      return () => callbacks.delete(own);
    },
    call(): void {
      for (const callback of [...callbacks]) callback();
    },
  };
}
