import { createServer } from 'node:net';
import { Failure } from './failure.ts';

/** Asks the system for a port that nobody uses. */
export function freePort(): Promise<number> {
  return listen(0);
}

/** Tells whether a port can be listened on, on every address of this machine. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1', undefined]) {
    const busy = await listen(port, host).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'EADDRINUSE' || error.code === 'EACCES',
    );
    if (busy) return false;
  }
  return true;
}

/**
 * Chooses a port: the one asked for or a failure, else the first free one of the usual ones, else any.
 *
 * @param purpose - what it is for, as in "web"
 * @param option - the command-line option that sets it
 */
export async function choosePort(
  purpose: string,
  option: string,
  asked: number | undefined,
  usual: readonly number[],
): Promise<number> {
  if (asked !== undefined) {
    if (await isPortFree(asked)) return asked;
    throw new Failure(
      `Expected port ${asked} to be free for the ${purpose}, but another program uses it. ` +
        `Stop that program, choose another port with ${option} N, or leave ${option} out to get a free one.`,
    );
  }
  for (const port of usual) if (await isPortFree(port)) return port;
  return freePort();
}

function listen(port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
