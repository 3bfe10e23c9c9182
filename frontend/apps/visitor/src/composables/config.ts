import type { FrontendConfig } from '#contracts/api/frontend-config.ts';

const KEY = 'happy-path:config';
const PATIENCE_MILLISECONDS = 5000;

/** Reads what the app must know of its stage; without reception the answer of the last visit does. */
export async function loadConfig(
  fetch: typeof globalThis.fetch = globalThis.fetch,
  storage: Storage = localStorage,
): Promise<FrontendConfig> {
  try {
    const response = await fetch('/config.json', {
      cache: 'no-cache',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
    if (!response.ok) throw new Error(`Expected /config.json, got ${response.status}`);
    // The edge writes this file from the contract; a parse would cost every phone the whole of zod.
    const config = (await response.json()) as FrontendConfig;
    storage.setItem(KEY, JSON.stringify(config));
    return config;
  } catch (error) {
    const kept = storage.getItem(KEY);
    if (kept === null) throw error;
    return JSON.parse(kept) as FrontendConfig;
  }
}
