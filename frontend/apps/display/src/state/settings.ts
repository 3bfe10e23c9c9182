import { ref, watchEffect } from 'vue';

export type Theme = 'dark' | 'light';

const CAFE = 'happy-path:display:cafe';
const THEME = 'happy-path:display:theme';

/** The café that this screen stands in, remembered over restarts. */
export const rememberedCafe = (): string | undefined => localStorage.getItem(CAFE) ?? undefined;
export const rememberCafe = (cafeId: string): void => localStorage.setItem(CAFE, cafeId);

/**
 * Dark unless somebody chose otherwise for a bright room: what the system prefers says nothing here, because TVs
 * report light whatever stands around them, and a dark screen spares eyes and panel.
 */
export const theme = ref<Theme>(localStorage.getItem(THEME) === 'light' ? 'light' : 'dark');

/** Keeps the page in the chosen theme. */
export function applyTheme(): void {
  watchEffect(() => {
    document.documentElement.dataset.theme = theme.value;
    localStorage.setItem(THEME, theme.value);
  });
}
