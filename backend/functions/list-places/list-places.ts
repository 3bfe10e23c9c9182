import type { ListPlacesQuery, Place, PlacePage } from '#contracts/api/places.ts';
import { type Location, placeTypes } from '#contracts/places.ts';
import { sortableName } from '#contracts/tables/keys.ts';
import { decodeCursor, encodeCursor } from '#platform/cursor.ts';
import { InvalidError } from '#platform/errors.ts';
import type { ApiRequest } from '#platform/middleware/api.ts';
import { boxAround, distance, type PlaceStore } from '../../stores/place-store.ts';
import { placeView } from '../../views.ts';

interface Dependencies {
  readonly places: Pick<PlaceStore, 'within' | 'directory'>;
}

interface Near extends ListPlacesQuery {
  readonly near: Location;
}

const defaultRadius = 50_000;
/** How many places one search by distance looks at; beyond it, a smaller radius finds the rest. */
const maxCandidates = 2_000;

/** Lists places by distance from a point, or all of them by name. */
export const listPlaces =
  ({ places }: Dependencies) =>
  async ({ query }: Pick<ApiRequest<unknown, ListPlacesQuery, unknown>, 'query'>): Promise<PlacePage> =>
    query.near ? nearest(places, { ...query, near: query.near }) : byName(places, query);

async function nearest(places: Dependencies['places'], query: Near): Promise<PlacePage> {
  const { near, radius = defaultRadius, type, limit, cursor } = query;
  const [, metres = '-1', afterId = ''] =
    /^(\d+)#(.+)$/.exec(decodeCursor(cursor, /^\d+#[0-9A-Z]{26}$/) ?? '') ?? [];
  const after = Number(metres);
  const found = (await places.within(boxAround(near, radius), maxCandidates))
    .filter((place) => type === undefined || place.type === type)
    .map((place): Place & { distance: number } => ({
      ...placeView(place),
      distance: Math.round(distance(near, place.location)),
    }))
    .filter((place) => place.distance <= radius)
    .filter((place) => place.distance > after || (place.distance === after && place.placeId > afterId))
    .sort((a, b) => a.distance - b.distance || (a.placeId < b.placeId ? -1 : 1));
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last;
  return { items, ...(more && { nextCursor: encodeCursor(`${more.distance}#${more.placeId}`) }) };
}

async function byName(places: Dependencies['places'], query: ListPlacesQuery): Promise<PlacePage> {
  const after = decodeCursor(query.cursor, /^[\s\S]{0,500}#[0-9A-Z]{26}$/);
  if (after && query.q && !after.startsWith(sortableName(query.q))) {
    throw new InvalidError('Expected a cursor from a page of this search. Start again without one.');
  }
  const { items, last } = await places.directory(
    query.type ? [query.type] : placeTypes,
    { limit: query.limit, ...(after && { after }) },
    query.q,
  );
  return { items: items.map(placeView), ...(last && { nextCursor: encodeCursor(last) }) };
}
