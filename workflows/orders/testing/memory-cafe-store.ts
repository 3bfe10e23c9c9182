import type { CafeItem } from '#contracts/tables/order-items.ts';
import type { CafeStore } from '../stores/cafe-store.ts';

/** Cafés in memory, with the table's conditions. */
export class MemoryCafeStore implements CafeStore {
  readonly cafes = new Map<string, CafeItem>();
  /** How many orders every café works on. */
  busy = 0;

  constructor(...cafes: readonly CafeItem[]) {
    for (const cafe of cafes) this.cafes.set(cafe.cafeId, cafe);
  }

  async get(cafeId: string): Promise<CafeItem | undefined> {
    return this.cafes.get(cafeId);
  }

  async list(): Promise<readonly CafeItem[]> {
    return [...this.cafes.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  }

  async running(): Promise<number> {
    return this.busy;
  }

  async replace(cafe: CafeItem): Promise<boolean> {
    if ((this.cafes.get(cafe.cafeId)?.revision ?? 0) !== cafe.revision - 1) return false;
    this.cafes.set(cafe.cafeId, cafe);
    return true;
  }
}
