import { thumbHashToDataURL } from 'thumbhash';

const remembered = new Map<string, string>();
const capacity = 500;

/** The blurred picture that a base64 ThumbHash stands for, as a data URL; undefined when the hash is not one. */
export function thumbHashUrl(hash: string | undefined): string | undefined {
  if (!hash) return undefined;
  const known = remembered.get(hash);
  if (known) return known;
  try {
    const url = thumbHashToDataURL(Uint8Array.from(atob(hash), (character) => character.charCodeAt(0)));
    if (remembered.size >= capacity) remembered.clear();
    remembered.set(hash, url);
    return url;
  } catch {
    // A placeholder is never worth an error: without it the reserved space stays plain.
    return undefined;
  }
}
