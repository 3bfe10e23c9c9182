import type { RequestUploadResponse } from '#contracts/api/photos.ts';

/**
 * How sending the bytes ended: `expired` when the bucket no longer takes the form, `busy` when it may take it in
 * a moment, `refused` when it never will.
 */
export type SendOutcome = 'sent' | 'no-answer' | 'expired' | 'busy' | 'refused' | 'aborted';

export interface SendOptions {
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

/** Without a byte moving for so long, the connection counts as dead. */
const STALLED_MILLISECONDS = 45_000;

/** Posts the bytes to the bucket; XMLHttpRequest, because fetch tells no progress of what it sends. */
export function sendForm(
  { url, fields }: RequestUploadResponse['upload'],
  file: Blob,
  { onProgress, signal }: SendOptions,
): Promise<SendOutcome> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // S3 ignores every field after the file.
  form.append('file', file);

  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let stalled: ReturnType<typeof setTimeout>;
    const alive = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), STALLED_MILLISECONDS);
    };
    const abort = () => request.abort();
    const end = (outcome: SendOutcome) => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', abort);
      resolve(outcome);
    };
    request.upload.onprogress = (event) => {
      alive();
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => end(outcomeOf(request.status));
    request.onerror = () => end('no-answer');
    request.onabort = () => end(signal.aborted ? 'aborted' : 'no-answer');
    if (signal.aborted) return end('aborted');
    signal.addEventListener('abort', abort);
    request.open('POST', url);
    request.send(form);
    alive();
  });
}

function outcomeOf(status: number): SendOutcome {
  if (status >= 200 && status < 300) return 'sent';
  // S3 says 403 for an expired or unknown signature, 503 for "slow down".
  if (status === 403) return 'expired';
  if (status >= 500 || status === 429 || status === 408) return 'busy';
  return status === 0 ? 'no-answer' : 'refused';
}
