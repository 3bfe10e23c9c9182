import { type ServerResponse, STATUS_CODES } from 'node:http';

/** Ends a request for a file with a short text, for paths that no program reads. */
export function plain(outgoing: ServerResponse, status: number): void {
  if (outgoing.destroyed) return;
  if (outgoing.headersSent) return void outgoing.destroy();
  const text = `${status} ${STATUS_CODES[status] ?? 'Error'}\n`;
  outgoing.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
  });
  outgoing.end(text);
}
