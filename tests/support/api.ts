import { request } from 'node:http';

/** An answer of the API, body parsed when it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Call {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text is sent as it is. */
  readonly body?: unknown;
  /** Where the API is on the one origin. @default '/api' */
  readonly base?: string;
}

/** Calls the API through the web server, as a browser does; a path is sent as it is written. */
export async function callApi(
  web: string,
  method: string,
  path: string,
  { token, headers = {}, body, base = '/api' }: Call = {},
): Promise<Answer> {
  const answer = await fetch(`${web}${base}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: parse(text) };
}

/** Sends a path exactly as it is written; `fetch` would tidy it up first. */
export function callRaw(
  web: string,
  method: string,
  path: string,
  { token, body }: { token?: string; body?: string } = {},
): Promise<Pick<Answer, 'status' | 'body'>> {
  const { hostname, port } = new URL(web);
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers, timeout: 30_000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, body: parse(text) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
