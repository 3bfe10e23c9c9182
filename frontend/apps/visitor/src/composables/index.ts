export { type LocationState, type UseLocation, useLocation } from './useLocation.ts';
export { type UseMyPhotos, useMyPhotos } from './useMyPhotos.ts';
export { type UsePlace, usePlace } from './usePlace.ts';
export { type UsePlacePhotos, usePlacePhotos } from './usePlacePhotos.ts';
export { type UsePlaces, type UsePlacesOptions, usePlaces } from './usePlaces.ts';
