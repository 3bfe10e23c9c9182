import type { StyleSpecification } from 'maplibre-gl';

/** The online map's style, or nothing when it is not here within `timeoutMs`: nobody waits for a map. */
export async function loadOnlineStyle(
  url: string,
  timeoutMs = 3000,
): Promise<StyleSpecification | undefined> {
  if (!url || !navigator.onLine) return undefined;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return undefined;
    const style: StyleSpecification = await response.json();
    return style.version === 8 ? style : undefined;
  } catch {
    // No network, a refused host or a slow one are all the same here: the built-in map stays.
    return undefined;
  }
}
