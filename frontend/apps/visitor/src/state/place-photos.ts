import type { InjectionKey } from 'vue';
import type { UsePlacePhotos } from '../composables/index.ts';

/** The photos of the open place, which the lightbox over it leafs through. */
export const placePhotosKey: InjectionKey<UsePlacePhotos> = Symbol('place photos');
