import type { DrinkChoice, Menu, MenuItem, PlaceOrderRequest } from '@happy-path/api-client';
import { priceOf } from '@happy-path/app';
import { type ComputedRef, computed, type Ref, ref } from 'vue';

export interface DrinkDraft {
  /** The drink that is chosen, as long as it can be had. */
  readonly item: ComputedRef<MenuItem | undefined>;
  readonly itemId: Ref<string | undefined>;
  /** What is chosen for each question about the drink. */
  readonly options: ComputedRef<DrinkChoice['modifiers']>;
  readonly cents: ComputedRef<number>;
  /** What is called out with the number. */
  readonly name: Ref<string>;
  /** What the café is asked for, once a drink is chosen. */
  readonly wish: ComputedRef<PlaceOrderRequest | undefined>;
  take(itemId: string): void;
  set(modifierId: string, optionId: string): void;
}

/** A drink in the making: one of the menu and an option for each question about it, held against the menu of now. */
export function useDrinkDraft(menu: () => Menu | undefined): DrinkDraft {
  const itemId = ref<string>();
  const chosen = ref<DrinkChoice['modifiers']>({});
  const name = ref('');
  const item = computed(() => menu()?.find(({ id, available }) => available && id === itemId.value));
  const options = computed(() =>
    Object.fromEntries(
      (item.value?.modifiers ?? []).flatMap(({ id, options: all }): [string, string][] => {
        const option = all.find((one) => one.id === chosen.value[id]) ?? all[0];
        return option ? [[id, option.id]] : [];
      }),
    ),
  );
  return {
    item,
    itemId,
    options,
    cents: computed(() => (item.value ? priceOf(item.value, options.value) : 0)),
    name,
    wish: computed(() => {
      if (!item.value) return undefined;
      const drink = { itemId: item.value.id, modifiers: options.value };
      return { drink, ...(name.value.trim() && { name: name.value.trim() }) };
    }),
    take(id) {
      if (id !== itemId.value) chosen.value = {};
      itemId.value = id;
    },
    set(modifierId, optionId) {
      chosen.value = { ...chosen.value, [modifierId]: optionId };
    },
  };
}
