import { useServices } from './services.ts';
import type { Toasts } from './toasts.ts';

/** The pop-ups to show, and the way to show one. */
export const useToasts = (): Toasts => useServices().toasts;
