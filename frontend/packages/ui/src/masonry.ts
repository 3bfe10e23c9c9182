/** Where one picture of a masonry grid stands, in pixels from the grid's corner. */
export interface Tile {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Puts each picture, in order, on the column that is shortest so far; the order of the items stays the reading order. */
export function masonry(
  ratios: readonly number[],
  { width, columns, gap }: { width: number; columns: number; gap: number },
): { tiles: Tile[]; height: number } {
  const columnWidth = (width - gap * (columns - 1)) / columns;
  const bottoms = new Array<number>(columns).fill(0);
  const tiles = ratios.map((ratio) => {
    const top = Math.min(...bottoms);
    const column = bottoms.indexOf(top);
    const height = columnWidth / ratio;
    bottoms[column] = top + height + gap;
    return { left: column * (columnWidth + gap), top, width: columnWidth, height };
  });
  return { tiles, height: Math.max(0, Math.max(...bottoms) - gap) };
}
