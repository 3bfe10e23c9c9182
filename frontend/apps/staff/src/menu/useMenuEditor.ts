import type { Cafe, Menu } from '@happy-path/api-client';
import { useToasts } from '@happy-path/app';
import { type ComputedRef, computed, type Ref, readonly, ref, shallowRef, watch } from 'vue';
import type { UseCafe } from '../orders/useCafe.ts';
import { checkMenu, type Problems } from './check-menu.ts';
import { type DraftItem, draftOf, saysTheSame, withAvailable } from './menu-draft.ts';
import { messages } from './messages.ts';

export interface MenuEditor {
  /** What is edited; nothing before the café was read. */
  readonly draft: Ref<DraftItem[] | undefined>;
  readonly dirty: ComputedRef<boolean>;
  /** What is wrong by field, once somebody has tried to save. */
  readonly problems: ComputedRef<Problems>;
  readonly saving: Readonly<Ref<boolean>>;
  /** Somebody else has changed the menu since this draft was begun. */
  readonly theirs: ComputedRef<boolean>;
  /** Saves the draft; tells whether it is saved. */
  save(): Promise<boolean>;
  /** Begins anew from the menu as it is. */
  discard(): void;
  /** Lets the draft replace what somebody else has changed. */
  keepMine(): void;
  /** Sells a drink out, or puts it back, at once and whatever else is not saved. */
  setAvailable(item: DraftItem, available: boolean): Promise<void>;
}

/** Edits the menu of a café: what is typed is kept whatever others do, and saved upon the revision it was made of. */
export function useMenuEditor({ cafe, change }: Pick<UseCafe, 'cafe' | 'change'>): MenuEditor {
  const toasts = useToasts();
  const base = shallowRef<Cafe>();
  const draft = ref<DraftItem[]>();
  const tried = ref(false);
  const saving = ref(false);

  function begin(from: Cafe | undefined): void {
    base.value = from;
    draft.value = from && draftOf(from.menu);
    tried.value = false;
  }
  const dirty = computed(
    () => !!base.value && !!draft.value && !saysTheSame(draft.value, draftOf(base.value.menu)),
  );
  const behind = computed(() => !isSame(base.value?.menu, cafe.value?.menu));
  const follow = () => !dirty.value && behind.value && begin(cafe.value);
  watch(cafe, follow, { immediate: true });

  async function save(): Promise<boolean> {
    const { menu } = checkMenu(draft.value ?? []);
    tried.value = true;
    if (!menu || !base.value || saving.value) return false;
    saving.value = true;
    const changed = await change({ menu }, base.value);
    saving.value = false;
    if (changed.done) begin(changed.cafe);
    else toasts.show({ kind: 'attention', text: messages.notSaved(changed.why) });
    return changed.done;
  }

  async function setAvailable(item: DraftItem, available: boolean): Promise<void> {
    item.available = available;
    const { id, name } = item;
    if (id === undefined || !cafe.value) return;
    const changed = await flip(id, available);
    if (changed === undefined) return;
    if (!changed.done) {
      item.available = !available;
      toasts.show({ kind: 'attention', text: messages.notSaved(changed.why) });
      return;
    }
    // The rest of the draft stands upon the menu as it was, with this one drink changed.
    const menu = base.value && withAvailable(base.value.menu, id, available);
    if (base.value && menu)
      base.value = { ...(isSame(menu, changed.cafe.menu) ? changed.cafe : base.value), menu };
    follow();
    toasts.show({ kind: 'success', text: available ? messages.isBack(name) : messages.isSoldOut(name) });
  }

  /** Whatever somebody else has changed in the menu meanwhile holds beside it. */
  async function flip(id: string, available: boolean) {
    const upon = cafe.value;
    const first = await attempt(id, available);
    const again = first?.done === false && cafe.value?.revision !== upon?.revision;
    return again ? attempt(id, available) : first;
  }
  async function attempt(id: string, available: boolean) {
    const upon = cafe.value;
    const menu = upon && withAvailable(upon.menu, id, available);
    return upon && menu ? change({ menu }, upon) : undefined;
  }

  return {
    draft,
    dirty,
    problems: computed(() => (tried.value ? checkMenu(draft.value ?? []).problems : {})),
    saving: readonly(saving),
    theirs: computed(() => dirty.value && behind.value),
    save,
    discard: () => begin(cafe.value),
    keepMine: () => {
      base.value = cafe.value;
    },
    setAvailable,
  };
}

const isSame = (one: Menu | undefined, other: Menu | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);
