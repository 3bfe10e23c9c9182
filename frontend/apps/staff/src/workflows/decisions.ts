import type { RoutingView } from '@happy-path/api-client';
import type { Routes } from '#contracts/tables/items.ts';
import { messages } from './messages.ts';

/** What an admin can decide about new photos. */
export type Decision =
  | { readonly what: 'activate' | 'stop' | 'promote'; readonly version: string }
  | { readonly what: 'try'; readonly version: string; readonly percent: number }
  | { readonly what: 'place'; readonly placeId: string; readonly version: string }
  | { readonly what: 'removePlace'; readonly placeId: string }
  | { readonly what: 'rollback' };

/** The routing after a decision. */
export function routesAfter(routing: RoutingView, decision: Decision): Routes {
  const { active, canary, places = {} } = routing;
  switch (decision.what) {
    case 'activate':
    case 'promote':
      return routes(decision.version, undefined, places);
    case 'stop':
      return routes(active, undefined, places);
    case 'try':
      return routes(active, { version: decision.version, percent: decision.percent }, places);
    case 'place':
      return routes(active, canary, { ...places, [decision.placeId]: decision.version });
    case 'removePlace': {
      const { [decision.placeId]: _own, ...others } = places;
      return routes(active, canary, others);
    }
    case 'rollback':
      return routing.previous ?? routes(active, canary, places);
  }
}

/** A canary of no share and overrides of no place are none. */
const routes = (active: string, canary: Routes['canary'], places: Record<string, string>): Routes => ({
  active,
  ...(canary && canary.percent > 0 && { canary }),
  ...(Object.keys(places).length > 0 && { places }),
});

/** Says what a change does before it does it, sentence by sentence. */
export function sentencesOf(before: Routes, after: Routes, nameOf: (placeId: string) => string): string[] {
  const { sentence } = messages;
  const own = (placeId: string) => after.places?.[placeId];
  const changed = placesIn(before, after).filter((placeId) => before.places?.[placeId] !== own(placeId));
  const sharesChange = before.active !== after.active || !sameCanary(before.canary, after.canary);
  if (!sharesChange && changed.length === 0) return [sentence.nothing];
  const kept = placesIn(after).filter((placeId) => !changed.includes(placeId));
  return [
    ...(sharesChange ? [sharesOf(after)] : []),
    ...changed.map((placeId) => {
      const version = own(placeId);
      return version ? sentence.place(nameOf(placeId), version) : sentence.follows(nameOf(placeId));
    }),
    ...(sharesChange && kept.length > 0 ? [sentence.keep(kept.map(nameOf))] : []),
    sentence.stay,
  ];
}

const sharesOf = ({ active, canary }: Routes) =>
  canary ? messages.sentence.some(canary.version, canary.percent, active) : messages.sentence.all(active);

const sameCanary = (one: Routes['canary'], other: Routes['canary']) =>
  one?.version === other?.version && one?.percent === other?.percent;

const placesIn = (...all: readonly Routes[]): string[] => [
  ...new Set(all.flatMap(({ places = {} }) => Object.keys(places))),
];

/** Versions that new photos go to, with their shares in percent: the active one first. */
export function sharesIn({ active, canary }: Routes): { version: string; percent: number }[] {
  const tried = canary && canary.percent > 0 ? [canary] : [];
  const rest = 100 - tried.reduce((sum, { percent }) => sum + percent, 0);
  return [{ version: active, percent: rest }, ...tried].filter(({ percent }) => percent > 0);
}

/** Every version that the routing names or that is registered, in order. */
export function versionsIn({ active, canary, places = {} }: Routes, registered: readonly string[]): string[] {
  const named = [active, ...(canary ? [canary.version] : []), ...Object.values(places), ...registered];
  return [...new Set(named)].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}
