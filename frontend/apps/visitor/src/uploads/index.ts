export type { RefusalReason, UploadItem, UploadStatus, Uploads, WaitsFor } from './types.ts';
export { useUploads } from './useUploads.ts';
