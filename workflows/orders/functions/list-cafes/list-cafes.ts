import type { CafeList } from '#contracts/api/orders.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { isStaffOf } from '../../access.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';

interface Dependencies {
  readonly cafes: Pick<CafeStore, 'list'>;
}

/** Lists the cafés that take orders, by name. */
export const listCafes =
  ({ cafes }: Dependencies) =>
  async ({ caller }: { readonly caller: Caller | undefined }): Promise<CafeList> => ({
    items: (await cafes.list()).map((cafe) => ({
      cafeId: cafe.cafeId,
      name: cafe.name,
      isOpen: cafe.isOpen,
      isStaff: isStaffOf(cafe, caller),
    })),
  });
