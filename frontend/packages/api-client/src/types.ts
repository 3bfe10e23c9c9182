import type { ExecutionView } from '#contracts/api/executions.ts';
import type { Journey } from '#contracts/api/journeys.ts';
import type {
  PhotoView,
  PhotoViewPage,
  PublicPhotoPage,
  RequestUploadRequest,
  RequestUploadResponse,
} from '#contracts/api/photos.ts';
import type { Place, PlacePage } from '#contracts/api/places.ts';
import type { DecideReviewRequest, DecideReviewResponse, ReviewPage } from '#contracts/api/reviews.ts';
import type { ChangeRoutingRequest, RoutingView, WorkflowsResponse } from '#contracts/api/workflows.ts';
import type { PhotoStatus } from '#contracts/photos.ts';
import type { Location, PlaceType } from '#contracts/places.ts';
import type { OrdersClient } from './order-types.ts';

export type { ErrorCode, ErrorResponse } from '#contracts/api/errors.ts';
export type { ExecutionView, StateVisit } from '#contracts/api/executions.ts';
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
export type {
  DecideReviewRequest,
  DecideReviewResponse,
  Review,
  ReviewPage,
} from '#contracts/api/reviews.ts';
export type {
  ChangeRoutingRequest,
  RoutingView,
  WorkflowsResponse,
  WorkflowView,
} from '#contracts/api/workflows.ts';
export type {
  Label,
  PhotoDetails,
  PhotoStatus,
  RangerReason,
  RejectionReason,
  RenditionName,
} from '#contracts/photos.ts';
export type { Location, PlaceType } from '#contracts/places.ts';
export type * from './order-types.ts';

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

/** What `GET /photos` can be asked; PUBLISHED needs a place. */
export interface PhotoSearch extends PageQuery {
  status: Exclude<PhotoStatus, 'AWAITING_UPLOAD' | 'DELETED'>;
  placeId?: string | undefined;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** The API of the backend, one method a route; each rejects with `ApiError` or `OfflineError`. */
export interface ApiClient {
  /** The API of the café orders, which is a stack of its own. */
  readonly orders: OrdersClient;
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
  /** The owner asks again, or the staff does. */
  retryPhoto(photoId: string, idempotencyKey: string, options?: CallOptions): Promise<PhotoView>;
  /** The staff's methods from here on. */
  searchPhotos(query: PhotoSearch, options?: CallOptions): Promise<PhotoViewPage>;
  listReviews(query?: PageQuery, options?: CallOptions): Promise<ReviewPage>;
  /** Rejects with 409 when another ranger was first or the time is over. */
  decideReview(
    photoId: string,
    body: DecideReviewRequest,
    idempotencyKey: string,
    options?: CallOptions,
  ): Promise<DecideReviewResponse>;
  getWorkflows(options?: CallOptions): Promise<WorkflowsResponse>;
  changeRouting(body: ChangeRoutingRequest, options?: CallOptions): Promise<RoutingView>;
  getExecution(photoId: string, options?: CallOptions): Promise<ExecutionView>;
}
