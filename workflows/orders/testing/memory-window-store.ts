import type { WindowItem } from '#contracts/tables/order-items.ts';
import type { Grasp, Grasped, WindowStore } from '../stores/window-store.ts';

/** Token windows in memory: each write looks at its condition and is made in one step, as the table does it. */
export class MemoryWindowStore implements WindowStore {
  readonly windows = new Map<string, WindowItem>();

  constructor(...windows: readonly WindowItem[]) {
    for (const window of windows) this.windows.set(`${window.cafeId} ${window.startsAt}`, window);
  }

  async get(cafeId: string, startsAt: number): Promise<WindowItem | undefined> {
    return this.windows.get(`${cafeId} ${startsAt}`);
  }

  async open(window: WindowItem): Promise<WindowItem> {
    const key = `${window.cafeId} ${window.startsAt}`;
    // As over a network, others get in between the read and the write.
    await Promise.resolve();
    const standing = this.windows.get(key) ?? window;
    this.windows.set(key, standing);
    return standing;
  }

  async take({ cafeId, startsAt, code, userId, scanId, orderId, now, after }: Grasp): Promise<Grasped> {
    const key = `${cafeId} ${startsAt}`;
    const window = this.windows.get(key);
    if (!window) return { taken: false };
    const earlier = Object.hasOwn(window.admitted, userId) ? window.admitted[userId] : undefined;
    const holds =
      window.code === code &&
      window.startsAt <= now &&
      window.endsAt > now &&
      window.tokensLeft >= 1 &&
      (earlier === undefined || earlier.orderId === after);
    if (!holds) return { taken: false, window };
    this.windows.set(key, {
      ...window,
      tokensLeft: window.tokensLeft - 1,
      admitted: { ...window.admitted, [userId]: { scanId, orderId } },
    });
    return { taken: true };
  }
}
