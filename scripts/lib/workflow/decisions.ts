import type { Routes, Routing } from '#contracts/tables/items.ts';
import { shareOf } from '../../../backend/routing.ts';
import { Failure } from '../failure.ts';

/** All new photos go to a version, or those of one place; `default` takes a place's own version back. */
export function activate(
  { active, canary, places = {} }: Routes,
  version: string,
  place: string | undefined,
): Routes {
  if (place === undefined) {
    if (version !== 'default') return { active: version, places };
    throw new Failure('Expected a version such as v3, got default, which goes with --place <id>.');
  }
  const { [place]: own, ...others } = places;
  if (version === 'default' && own === undefined) {
    throw new Failure(`Expected a place with a version of its own, got ${place}, which has none.`);
  }
  return {
    active,
    ...(canary && { canary }),
    places: version === 'default' ? others : { ...others, [place]: version },
  };
}

/** A share of new photos tries a version out; 0 ends that. */
export function canary({ active, places }: Routes, version: string, percent: number): Routes {
  if (!(percent >= 0 && percent <= 100)) {
    throw new Failure(`Expected a share from 0 to 100 percent, got ${percent}.`);
  }
  return { active, ...(percent > 0 && { canary: { version, percent } }), ...(places && { places }) };
}

/** What was tried out is for everybody now. */
export function promote({ canary: tried, places }: Routes): Routes {
  if (!tried) {
    throw new Failure('Expected a canary to promote, got none. Start one with: canary <version> <percent>');
  }
  return { active: tried.version, ...(places && { places }) };
}

/** What held before the last change holds again. */
export function rollback({ previous }: Routing): Routes {
  if (previous) return previous;
  throw new Failure('Expected a change to take back, got none: nobody has changed the routing yet.');
}

/** Says in one sentence where new photos go. */
export function sentence(routes: Routes): string {
  const { active, canary: tried, places = {} } = routes;
  const shares =
    tried && tried.percent > 0
      ? `${tried.percent} % of new photos go to ${tried.version}, ${shareOf(routes, active)} % to ${active}`
      : `all new photos go to ${active}`;
  const own = Object.entries(places).map(([place, version]) => `those of place ${place} to ${version}`);
  return [shares, ...own].join('; ');
}
