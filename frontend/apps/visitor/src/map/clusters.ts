import Supercluster from 'supercluster';
import type { Place } from '#contracts/api/places.ts';
import type { Location } from '#contracts/places.ts';

/** What stands on the map at one spot: a place, or several that are too close to tell apart at this zoom. */
export type Pin =
  | { readonly kind: 'place'; readonly key: string; readonly location: Location; readonly place: Place }
  | {
      readonly kind: 'cluster';
      readonly key: string;
      readonly location: Location;
      readonly count: number;
      readonly clusterId: number;
    };

export interface Clusters {
  pinsIn(bounds: [west: number, south: number, east: number, north: number], zoom: number): Pin[];
  /** The zoom at which a cluster falls apart. */
  expansionZoom(clusterId: number): number;
}

/** Groups places that would overlap on the screen; the selected one always stands alone. */
export function clusterPlaces(places: readonly Place[], selectedId?: string): Clusters {
  const index = new Supercluster<{ place: Place }>({ radius: 46, maxZoom: 12 });
  const selected = places.find(({ placeId }) => placeId === selectedId);
  index.load(
    places
      .filter((place) => place !== selected)
      .map((place) => ({
        type: 'Feature',
        properties: { place },
        geometry: { type: 'Point', coordinates: [place.location.lng, place.location.lat] },
      })),
  );
  return {
    pinsIn(bounds, zoom) {
      const pins = index.getClusters(bounds, Math.floor(zoom)).map(({ geometry, properties }): Pin => {
        const [lng = 0, lat = 0] = geometry.coordinates;
        return 'place' in properties
          ? { kind: 'place', key: properties.place.placeId, location: { lat, lng }, place: properties.place }
          : {
              kind: 'cluster',
              key: `cluster-${properties.cluster_id}`,
              location: { lat, lng },
              count: properties.point_count,
              clusterId: properties.cluster_id,
            };
      });
      return selected
        ? [...pins, { kind: 'place', key: selected.placeId, location: selected.location, place: selected }]
        : pins;
    },
    expansionZoom: (clusterId) => index.getClusterExpansionZoom(clusterId),
  };
}
