export { canAskAgain } from './outcomes.ts';
export type { RefusalReason, UploadItem, UploadStatus, Uploads, WaitsFor } from './types.ts';
export { provideUploads, useUploads } from './useUploads.ts';
