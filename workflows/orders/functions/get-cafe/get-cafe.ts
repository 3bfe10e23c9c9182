import type { Cafe } from '#contracts/api/orders.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { isStaffOf } from '../../access.ts';
import { noSuchCafe } from '../../outcomes.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';
import { cafeStaffView, cafeView } from '../../views.ts';

interface Dependencies {
  readonly cafes: Pick<CafeStore, 'get' | 'running'>;
  readonly preOrder: Cafe['preOrder'];
}

interface Request {
  readonly path: { readonly cafeId: string };
  readonly caller: Caller | undefined;
}

/** Reads one café with its menu; its staff also reads capacity and colleagues. */
export const getCafe =
  ({ cafes, preOrder }: Dependencies) =>
  async ({ path: { cafeId }, caller }: Request): Promise<Cafe> => {
    const cafe = await cafes.get(cafeId);
    if (!cafe) throw noSuchCafe();
    if (!isStaffOf(cafe, caller)) return cafeView(cafe, preOrder);
    return cafeStaffView(cafe, preOrder, await cafes.running(cafeId));
  };
