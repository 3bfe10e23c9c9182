// Makes the built-in map's data out of packaged Natural Earth and US Census outlines: `npm run atlas`.
// The result is kept in the repository, so that a build needs neither the sources nor the time.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature, merge, mesh, quantize } from 'topojson-client';
import { presimplify, quantile, simplify } from 'topojson-simplify';
import { greatLakes, lakeStates } from './great-lakes.mjs';

const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(name), 'utf8'));

/** Keeps the given share of the outline's points, the most telling first. */
const lighten = (topology, share) => {
  const weighted = presimplify(topology);
  return quantize(simplify(weighted, quantile(weighted, share)), 1e5);
};

const ringArea = (ring) =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0) / 2;

/** Where a name stands: the middle of the largest part's outline, which is good enough for a small map. */
const labelPoint = ({ geometry }) => {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const ring = parts.map(([outer]) => outer).sort((a, b) => Math.abs(ringArea(b)) - Math.abs(ringArea(a)))[0];
  const area = ringArea(ring);
  const sum = ring.reduce(
    ([sumX, sumY], [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length];
      const cross = x * nextY - nextX * y;
      return [sumX + (x + nextX) * cross, sumY + (y + nextY) * cross];
    },
    [0, 0],
  );
  return { at: sum.map((value) => Number((value / (6 * area)).toFixed(2))), area: Math.abs(area) };
};

const labels = (collection, kind) =>
  collection.features
    .filter(({ geometry }) => geometry)
    .map((item) => ({ name: item.properties.name, kind, ...labelPoint(item) }))
    .filter(({ area }) => area > 0.4)
    .sort((a, b) => b.area - a.area)
    .map(({ name, at }) => ({
      type: 'Feature',
      properties: { name, kind },
      geometry: { type: 'Point', coordinates: at },
    }));

const world = lighten(read('world-atlas/countries-50m.json'), 0.28);
const states = lighten(read('us-atlas/states-10m.json'), 0.6);
const round = (value) => (typeof value === 'number' ? Number(value.toFixed(2)) : value);

const geometries = {
  land:
    feature(world, world.objects.land).features?.[0]?.geometry ?? feature(world, world.objects.land).geometry,
  borders: mesh(world, world.objects.countries, (a, b) => a !== b),
  shore: merge(
    states,
    states.objects.states.geometries.filter(({ id }) => lakeStates.has(id)),
  ),
  states: mesh(states, states.objects.states, (a, b) => a !== b),
};
const named = [
  ...labels(feature(world, world.objects.countries), 'country'),
  ...labels(feature(states, states.objects.states), 'state'),
];
const atlas = {
  type: 'FeatureCollection',
  features: [
    ...Object.entries(geometries).map(([kind, geometry]) => ({
      type: 'Feature',
      properties: { kind },
      geometry,
    })),
    ...greatLakes,
    ...named,
  ],
};

const target = new URL('../apps/visitor/src/map/atlas.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(atlas, (_, value) => round(value))}\n`);
console.log(`atlas.json: ${atlas.features.length} features, ${readFileSync(target).length} bytes`);
