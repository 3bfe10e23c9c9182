export type { RefusalReason, UploadItem, Uploads, UploadStatus, WaitsFor } from './types.ts';
export { useUploads } from './useUploads.ts';
