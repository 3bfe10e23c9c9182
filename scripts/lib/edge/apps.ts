import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv, { type RequestHandler } from 'sirv';
import { plain } from './answers.ts';
import { appCacheControl } from './headers.ts';

/** The built front ends, as the web bucket holds them on AWS. */
export interface Apps {
  /** Names of the apps that are served under a path of their own. */
  readonly mounted: readonly string[];
  serve(incoming: IncomingMessage, outgoing: ServerResponse, file: { app: string; path: string }): void;
}

/** @param folders - folder of each built app by name */
export function createApps(folders: Readonly<Record<string, string>>): Apps {
  const handlers = new Map(Object.entries(folders).map(([name, folder]) => [name, serveFolder(folder)]));
  return {
    mounted: Object.keys(folders).filter((name) => name !== 'visitor'),
    serve(incoming, outgoing, { app, path }) {
      const handler = handlers.get(app);
      if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
        plain(outgoing, 405);
      } else if (handler === undefined) {
        plain(outgoing, 404);
      } else {
        incoming.url = path;
        handler(incoming, outgoing, () => plain(outgoing, 404));
      }
    },
  };
}

/** `dev` looks at the disk at each request, so that an app built again is served at once. */
function serveFolder(folder: string): RequestHandler {
  return sirv(folder, {
    dev: true,
    etag: true,
    extensions: [],
    setHeaders: (outgoing, pathname) => outgoing.setHeader('cache-control', appCacheControl(pathname)),
  });
}
