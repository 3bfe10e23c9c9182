export { type ApiClientOptions, createApiClient } from './client.ts';
export { ApiError, OfflineError } from './errors.ts';
export type * from './types.ts';
