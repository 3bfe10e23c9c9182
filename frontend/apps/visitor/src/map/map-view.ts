import { LngLatBounds, Map as MapLibreMap, Marker, type PaddingOptions, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Location } from '#contracts/places.ts';
import { messages } from '../messages.ts';
import type { Pin } from './clusters.ts';
import { offlineStyle } from './offline-style.ts';
import { loadOnlineStyle } from './online-style.ts';

setWorkerUrl(workerUrl);

/** The lower 48 states: what a visitor sees whose position is not known. */
const country = new LngLatBounds([-124.8, 24.6], [-66.9, 49.4]);
/** So many failed loads of the online map, with none that worked, and the built-in map takes over. */
const failuresBeforeFallback = 3;

/** Pixels at each side of the map that something else covers. */
export type MapPadding = Required<PaddingOptions>;

export interface MapView {
  window(): { bounds: [number, number, number, number]; zoom: number };
  /** Puts exactly these pins on the map and gives the element in which each is drawn. */
  place(pins: readonly Pin[]): { pin: Pin; element: HTMLElement }[];
  look(target: { location: Location; zoom?: number }, options?: { jump?: boolean }): void;
  showPosition(location: Location): void;
  setPadding(padding: MapPadding): void;
  close(): void;
}

export interface MapViewOptions {
  readonly container: HTMLElement;
  readonly styleUrl: string;
  readonly padding: MapPadding;
  onMove(): void;
  onClick(): void;
}

/** A MapLibre map that starts on the built-in style at once and changes to the online one when that arrives; throws without WebGL. */
export function createMapView({ container, styleUrl, padding, onMove, onClick }: MapViewOptions): MapView {
  const map = new MapLibreMap({
    container,
    style: offlineStyle(scheme()),
    maxZoom: 17,
    minZoom: 1.5,
    attributionControl: { compact: true },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: { 'Map.Title': messages.map.label },
  });
  map.touchZoomRotate.disableRotation();
  map.setPadding(padding);
  map.fitBounds(country, { padding: 12, animate: false });
  // Assistive technology, and tests, are told when there is something to see.
  container.setAttribute('aria-busy', 'true');
  map.once('idle', () => container.setAttribute('aria-busy', 'false'));
  map.on('moveend', onMove);
  map.on('zoom', onMove);
  map.on('click', onClick);
  const endStyles = keepStyle(map, container, styleUrl);
  const markers = new Map<string, Marker>();
  let you: Marker | undefined;
  return {
    window() {
      const bounds = map.getBounds();
      return {
        bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
        zoom: map.getZoom(),
      };
    },
    place(pins) {
      const wanted = new Set(pins.map(({ key }) => key));
      for (const [key, marker] of markers) {
        if (wanted.has(key)) continue;
        marker.remove();
        markers.delete(key);
      }
      return pins.map((pin) => ({ pin, element: markerOf(map, markers, pin).getElement() }));
    },
    look({ location, zoom }, { jump = false } = {}) {
      // The built-in map has nothing to show from near.
      const near = container.classList.contains('online') ? 10 : 5.5;
      const camera = { center: location, zoom: zoom ?? Math.max(map.getZoom(), near) };
      if (jump) map.jumpTo(camera);
      else map.flyTo({ ...camera, duration: 700 });
    },
    showPosition(location) {
      you ??= new Marker({ element: positionDot() });
      you.setLngLat(location).addTo(map);
    },
    setPadding: (space) => map.easeTo({ padding: space, duration: 250 }),
    close() {
      endStyles();
      map.remove();
    },
  };
}

function markerOf(map: MapLibreMap, markers: Map<string, Marker>, pin: Pin): Marker {
  const known = markers.get(pin.key);
  if (known) return known;
  const marker = new Marker({ element: document.createElement('div') }).setLngLat(pin.location).addTo(map);
  // The pin inside is the button; the marker around it is nothing of its own.
  marker.getElement().removeAttribute('aria-label');
  marker.getElement().removeAttribute('role');
  marker.getElement().removeAttribute('tabindex');
  markers.set(pin.key, marker);
  return marker;
}

function positionDot(): HTMLElement {
  const dot = document.createElement('div');
  dot.className = 'you';
  dot.role = 'img';
  dot.ariaLabel = messages.map.you;
  return dot;
}

const scheme = () => (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** Changes between built-in and online style as network, tiles and colour scheme allow; returns how to stop. */
function keepStyle(map: MapLibreMap, container: HTMLElement, styleUrl: string): () => void {
  const stop = new AbortController();
  let online = false;
  let failures = 0;
  const builtIn = () => {
    online = false;
    container.classList.remove('online');
    map.setStyle(offlineStyle(scheme()), { diff: false });
  };
  const tryOnline = async () => {
    const style = await loadOnlineStyle(styleUrl);
    if (!style || online || stop.signal.aborted) return;
    online = true;
    failures = 0;
    container.classList.add('online');
    map.setStyle(style, { diff: false });
  };
  map.on('error', ({ error }) => {
    if (!online) return console.warn('The built-in map reported:', error);
    failures += 1;
    if (failures >= failuresBeforeFallback) builtIn();
  });
  map.on('data', (event) => {
    if (online && event.dataType === 'source' && 'tile' in event) failures = Number.NEGATIVE_INFINITY;
  });
  const { signal } = stop;
  window.addEventListener('online', () => void tryOnline(), { signal });
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => online || builtIn(), { signal });
  void tryOnline();
  return () => stop.abort();
}
