// @vitest-environment node
import type { Place } from '@happy-path/api-client';
import { expect, it } from 'vitest';
import { clusterPlaces } from './clusters.ts';

const place = (placeId: string, lat: number, lng: number): Place => ({
  placeId,
  type: 'park',
  name: placeId,
  description: '',
  location: { lat, lng },
});
const world: [number, number, number, number] = [-180, -85, 180, 85];
const places = [place('a', 37.86, -119.53), place('b', 37.73, -119.55), place('c', 44.33, -68.27)];

it('groups neighbours from afar and shows each from near', () => {
  const clusters = clusterPlaces(places);
  const far = clusters.pinsIn(world, 3);
  expect(far.map((pin) => (pin.kind === 'cluster' ? pin.count : pin.key)).sort()).toEqual([2, 'c']);
  expect(
    clusters
      .pinsIn(world, 13)
      .map(({ key }) => key)
      .sort(),
  ).toEqual(['a', 'b', 'c']);
});

it('says at which zoom a cluster falls apart', () => {
  const clusters = clusterPlaces(places);
  const group = clusters.pinsIn(world, 3).find((pin) => pin.kind === 'cluster');
  const zoom = clusters.expansionZoom(group?.kind === 'cluster' ? group.clusterId : Number.NaN);
  expect(clusters.pinsIn(world, zoom).every((pin) => pin.kind === 'place')).toBe(true);
  expect(clusters.pinsIn(world, zoom - 1).some((pin) => pin.kind === 'cluster')).toBe(true);
});

it('never hides the selected place in a cluster', () => {
  const pins = clusterPlaces(places, 'a').pinsIn(world, 3);
  expect(pins.map(({ key }) => key)).toContain('a');
  expect(pins.some((pin) => pin.kind === 'cluster')).toBe(false);
});

it('leaves out what is outside the window', () => {
  expect(
    clusterPlaces(places)
      .pinsIn([-75, 40, -60, 50], 13)
      .map(({ key }) => key),
  ).toEqual(['c']);
});
