import type { CafeItem } from '#contracts/tables/order-items.ts';
import { type Caller, isIn } from '#platform/middleware/caller.ts';
import { noSuchCafe, notOfThisCafe } from './outcomes.ts';
import type { CafeStore } from './stores/cafe-store.ts';

/** Whether the caller may make the café's orders and change it. */
export const isStaffOf = ({ staff }: Pick<CafeItem, 'staff'>, caller: Caller | undefined): boolean =>
  caller !== undefined &&
  (isIn(caller, 'admins') || (isIn(caller, 'baristas') && staff.includes(caller.userId)));

/** The groups whose members may be staff of a café. */
export const cafeGroups = ['baristas', 'admins'] as const;

/** The café, for its staff only. */
export async function cafeOfStaff(
  cafes: Pick<CafeStore, 'get'>,
  cafeId: string,
  caller: Caller | undefined,
): Promise<CafeItem> {
  const cafe = await cafes.get(cafeId);
  if (!cafe) throw noSuchCafe();
  if (!isStaffOf(cafe, caller)) throw notOfThisCafe();
  return cafe;
}
