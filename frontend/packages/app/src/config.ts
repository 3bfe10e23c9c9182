import type { FrontendConfig } from '#contracts/api/frontend-config.ts';

const KEY = 'happy-path:config';
/** Nothing is shown before the configuration is there, so somebody who was here before does not wait long for it. */
const PATIENCE_MILLISECONDS = { first: 15_000, again: 2000 };

/** Reads what the app must know of its stage; with bad reception the answer of the last visit does. */
export async function loadConfig(
  fetch: typeof globalThis.fetch = globalThis.fetch,
  storage: Storage = localStorage,
): Promise<FrontendConfig> {
  const kept = storage.getItem(KEY);
  try {
    const response = await fetch('/config.json', {
      cache: 'no-cache',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS[kept === null ? 'first' : 'again']),
    });
    if (!response.ok) throw new Error(`Expected /config.json, got ${response.status}`);
    // The edge writes this file from the contract; a parse would cost every phone the whole of zod.
    const config = (await response.json()) as FrontendConfig;
    storage.setItem(KEY, JSON.stringify(config));
    return config;
  } catch (error) {
    if (kept === null) throw error;
    return JSON.parse(kept) as FrontendConfig;
  }
}
