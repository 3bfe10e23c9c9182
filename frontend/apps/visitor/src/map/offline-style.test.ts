import { expect, it } from 'vitest';
import packaged from './atlas.json?raw';
import { offlineStyle } from './offline-style.ts';

interface Atlas {
  features: { properties: { kind: string; name?: string } }[];
}
const atlas: Atlas = JSON.parse(packaged);

it('needs no network: one packaged source, no glyphs, no sprites', () => {
  const style = offlineStyle('light');
  expect(Object.keys(style.sources)).toEqual(['atlas']);
  expect(style).not.toHaveProperty('glyphs');
  expect(style).not.toHaveProperty('sprite');
});

it('draws every kind of thing that the atlas has, and nothing that it has not', () => {
  const drawn = offlineStyle('dark').layers.flatMap((layer) =>
    'filter' in layer && Array.isArray(layer.filter) ? [String(layer.filter[2])] : [],
  );
  const packed = new Set(atlas.features.map(({ properties }) => properties.kind));
  expect(new Set(drawn)).toEqual(packed);
});

it('names every state of the lower 48', () => {
  const states = atlas.features.filter(({ properties }) => properties.kind === 'state');
  expect(states.map(({ properties }) => properties.name)).toEqual(
    expect.arrayContaining(['California', 'Maine', 'Texas', 'Washington', 'Michigan']),
  );
});
