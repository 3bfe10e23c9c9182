import type { Location } from '@happy-path/api-client';
import { type Ref, readonly, shallowReadonly, shallowRef } from 'vue';

/** `refused` by the person or the system's settings; `unavailable` when the device does not know where it is. */
export type LocationState = 'idle' | 'asking' | 'known' | 'refused' | 'unavailable';

export interface UseLocation {
  /** Where the visitor is; without it the app shows the whole country. */
  readonly location: Readonly<Ref<Location | undefined>>;
  readonly state: Readonly<Ref<LocationState>>;
  /** Asks the device, which may ask the person; nothing when the answer is no. */
  locate(): Promise<Location | undefined>;
}

/** A fix that is a minute old serves a list of places as well as a new one and saves the battery. */
const OPTIONS: PositionOptions = { enableHighAccuracy: false, maximumAge: 60_000, timeout: 10_000 };

const location = shallowRef<Location>();
const state = shallowRef<LocationState>('idle');
let asking: Promise<Location | undefined> | undefined;

/** Where the visitor is; all views share one answer, so that the person is asked once. */
export function useLocation(): UseLocation {
  return { location: shallowReadonly(location), state: readonly(state), locate };
}

function locate(): Promise<Location | undefined> {
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

async function ask(): Promise<Location | undefined> {
  state.value = 'asking';
  try {
    const { coords } = await position();
    location.value = { lat: coords.latitude, lng: coords.longitude };
    state.value = 'known';
    return location.value;
  } catch (error) {
    const refused = error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED;
    state.value = location.value ? 'known' : refused ? 'refused' : 'unavailable';
    return location.value;
  }
}

function position(): Promise<GeolocationPosition> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) reject(new Error('This browser has no geolocation'));
    else navigator.geolocation.getCurrentPosition(resolve, reject, OPTIONS);
  });
}
