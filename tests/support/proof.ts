/**
 * How much of a proof is run: `HAPPY_PATH_PROOF=full` for all of it, as CI does; without it a part that keeps `npm test`
 * short enough to be run before every commit.
 */
export const volume = (whole: number, part: number): number =>
  process.env.HAPPY_PATH_PROOF === 'full' ? whole : part;
