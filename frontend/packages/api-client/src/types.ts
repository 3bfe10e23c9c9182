import type { Journey } from '#contracts/api/journeys.ts';
import type {
  PhotoView,
  PhotoViewPage,
  PublicPhotoPage,
  RequestUploadRequest,
  RequestUploadResponse,
} from '#contracts/api/photos.ts';
import type { Place, PlacePage } from '#contracts/api/places.ts';
import type { Location, PlaceType } from '#contracts/places.ts';

export type { ErrorCode, ErrorResponse } from '#contracts/api/errors.ts';
export type { Journey, JourneyEvent } from '#contracts/api/journeys.ts';
export type {
  PhotoView,
  PhotoViewPage,
  PublicPhoto,
  PublicPhotoPage,
  RequestUploadRequest,
  RequestUploadResponse,
} from '#contracts/api/photos.ts';
export type { Place, PlacePage } from '#contracts/api/places.ts';
export type { PhotoStatus, RejectionReason, RenditionName } from '#contracts/photos.ts';
export type { Location, PlaceType } from '#contracts/places.ts';

/** What `GET /places` can be asked; `near` and `q` exclude each other, `radius` in metres goes with `near`. */
export interface PlacesQuery {
  near?: Location | undefined;
  radius?: number | undefined;
  type?: PlaceType | undefined;
  q?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface PageQuery {
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** The API of the backend, one method a route; each rejects with `ApiError` or `OfflineError`. */
export interface ApiClient {
  listPlaces(query?: PlacesQuery, options?: CallOptions): Promise<PlacePage>;
  getPlace(placeId: string, options?: CallOptions): Promise<Place>;
  listPlacePhotos(placeId: string, query?: PageQuery, options?: CallOptions): Promise<PublicPhotoPage>;
  requestUpload(
    placeId: string,
    body: RequestUploadRequest,
    idempotencyKey: string,
    options?: CallOptions,
  ): Promise<RequestUploadResponse>;
  getPhoto(photoId: string, options?: CallOptions): Promise<PhotoView>;
  deletePhoto(photoId: string, options?: CallOptions): Promise<void>;
  listMyPhotos(query?: PageQuery, options?: CallOptions): Promise<PhotoViewPage>;
  getJourney(journeyId: string, options?: CallOptions): Promise<Journey>;
}
