import { type Ref, shallowReadonly, shallowRef } from 'vue';

export type ToastKind = 'success' | 'info' | 'attention' | 'loss';

export interface Toast {
  readonly id: number;
  readonly kind: ToastKind;
  readonly text: string;
  /** Path in the app that a tap opens. */
  readonly to?: string | undefined;
}

/** The pop-ups: short words about what just happened, read out by screen readers too. */
export interface Toasts {
  readonly toasts: Readonly<Ref<readonly Toast[]>>;
  show(toast: Omit<Toast, 'id'>): number;
  dismiss(id: number): void;
}

/** More than these cover the screen of a phone; the oldest goes. */
const MOST = 4;

export function createToasts(): Toasts {
  const toasts = shallowRef<readonly Toast[]>([]);
  let last = 0;
  return {
    toasts: shallowReadonly(toasts),
    show(toast) {
      const id = ++last;
      toasts.value = [...toasts.value, { ...toast, id }].slice(-MOST);
      return id;
    },
    dismiss(id) {
      toasts.value = toasts.value.filter((toast) => toast.id !== id);
    },
  };
}
