import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import atlasUrl from './atlas.json?url';

interface Palette {
  readonly water: string;
  readonly land: string;
  readonly coast: string;
  readonly border: string;
  readonly state: string;
  readonly ink: string;
  readonly inkSoft: string;
}

const palettes: Record<'light' | 'dark', Palette> = {
  light: {
    water: '#c5dbe0',
    land: '#f3eddf',
    coast: '#9dbcc2',
    border: '#b3a88f',
    state: '#d5cab2',
    ink: '#4d5a51',
    inkSoft: '#746f60',
  },
  dark: {
    water: '#0d1a1e',
    land: '#212b25',
    coast: '#35494b',
    border: '#5b695f',
    state: '#38453d',
    ink: '#b9c4bb',
    inkSoft: '#8d998f',
  },
};

const ofKind = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind];

function label(
  kind: 'country' | 'state',
  minzoom: number,
  maxzoom: number,
  colour: string,
  halo: string,
): LayerSpecification {
  return {
    id: `${kind}-names`,
    type: 'symbol',
    source: 'atlas',
    minzoom,
    maxzoom,
    filter: ofKind(kind),
    layout: {
      'text-field': ['get', 'name'],
      // Without a glyph server the map draws text with a font of the device.
      'text-font': ['sans-serif'],
      'text-size': ['interpolate', ['linear'], ['zoom'], minzoom, 11, maxzoom, 17],
      'text-letter-spacing': 0.06,
      'text-max-width': 8,
      'text-padding': 6,
    },
    paint: { 'text-color': colour, 'text-halo-color': halo, 'text-halo-width': 1.4 },
  };
}

/** The map that needs no network: packaged Natural Earth outlines in the colours of the app. */
export function offlineStyle(scheme: 'light' | 'dark'): StyleSpecification {
  const colours = palettes[scheme];
  return {
    version: 8,
    name: 'Built-in map',
    sources: {
      atlas: {
        type: 'geojson',
        data: new URL(atlasUrl, window.location.href).href,
        attribution: 'Made with Natural Earth and US Census outlines',
        maxzoom: 7,
        tolerance: 0.3,
      },
    },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': colours.water } },
      {
        id: 'land',
        type: 'fill',
        source: 'atlas',
        filter: ofKind('land'),
        paint: { 'fill-color': colours.land },
      },
      {
        id: 'lakes',
        type: 'fill',
        source: 'atlas',
        filter: ofKind('lake'),
        paint: { 'fill-color': colours.water, 'fill-outline-color': colours.coast },
      },
      {
        id: 'shore',
        type: 'fill',
        source: 'atlas',
        filter: ofKind('shore'),
        paint: { 'fill-color': colours.land },
      },
      {
        id: 'coast',
        type: 'line',
        source: 'atlas',
        filter: ofKind('land'),
        paint: { 'line-color': colours.coast, 'line-width': 1 },
      },
      {
        id: 'states',
        type: 'line',
        source: 'atlas',
        minzoom: 2.5,
        filter: ofKind('states'),
        paint: { 'line-color': colours.state, 'line-width': 1.2 },
      },
      {
        id: 'borders',
        type: 'line',
        source: 'atlas',
        filter: ofKind('borders'),
        paint: { 'line-color': colours.border, 'line-width': 1.2 },
      },
      label('state', 4, 9, colours.inkSoft, colours.land),
      label('country', 1.5, 4.4, colours.ink, colours.land),
    ],
  };
}
