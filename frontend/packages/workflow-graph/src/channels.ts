/** A horizontal piece of a line between two rows. */
export interface Jog {
  /** Jogs with the same key may lie on each other: they leave the same state or come to the same one. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** Near the row above, for what has just forked, or near the one below, for what comes together there. */
  readonly near: 'above' | 'below';
}

export interface Channel {
  readonly height: number;
  /** How far below the upper row each key's jogs lie. */
  readonly depths: ReadonlyMap<string, number>;
}

const track = 9;
const fromAbove = 14;
/** Leaves room for the tip of an arrow. */
const toBelow = 20;

/** Gives the jogs between two rows tracks, so that no two lines lie on each other, and the space which that needs. */
export function planChannel(jogs: readonly Jog[], least: number): Channel {
  const above = tracksOf(jogs.filter(({ near }) => near === 'above'));
  const below = tracksOf(jogs.filter(({ near }) => near === 'below'));
  const count = above.length + below.length;
  const height = Math.max(least, fromAbove + toBelow + Math.max(0, count - 1) * track);
  const depths = new Map<string, number>();
  above.forEach((keys, index) => {
    for (const key of keys) depths.set(key, fromAbove + index * track);
  });
  below.forEach((keys, index) => {
    for (const key of keys) depths.set(key, height - toBelow - (below.length - 1 - index) * track);
  });
  return { height, depths };
}

/** The keys of each track; two keys share one when their jogs do not meet. */
function tracksOf(jogs: readonly Jog[]): string[][] {
  const spans = new Map<string, [number, number]>();
  for (const { key, from, to } of jogs) {
    const [low, high] = spans.get(key) ?? [from, from];
    spans.set(key, [Math.min(low, from, to), Math.max(high, from, to)]);
  }
  const tracks: { keys: string[]; taken: [number, number][] }[] = [];
  for (const [key, span] of spans) {
    const free = tracks.find(({ taken }) =>
      taken.every(([low, high]) => span[1] < low - track || span[0] > high + track),
    );
    if (free) {
      free.keys.push(key);
      free.taken.push(span);
    } else tracks.push({ keys: [key], taken: [span] });
  }
  return tracks.map(({ keys }) => keys);
}
