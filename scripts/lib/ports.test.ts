import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePort } from './args.ts';
import { choosePort, freePort, isPortFree } from './ports.ts';

describe('ports', () => {
  let server: Server;
  let taken = 0;

  beforeEach(async () => {
    taken = await freePort();
    server = createServer();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('sees that a port is taken on one address only', async () => {
    expect(await isPortFree(taken)).toBe(false);
  });

  it('refuses a taken port that was asked for, and says what to do', async () => {
    const choosing = choosePort('web server', '--web-port', taken, []);

    await expect(choosing).rejects.toThrow(`Expected port ${taken} to be free for the web server`);
    await expect(choosing).rejects.toThrow('--web-port');
  });

  it('goes on to the next usual port, and to any, when nobody asked for one', async () => {
    const next = await freePort();

    expect(await choosePort('web server', '--web-port', undefined, [taken, next])).toBe(next);
    expect(await choosePort('web server', '--web-port', undefined, [taken])).not.toBe(taken);
  });
});

describe('parsePort', () => {
  it.each(['0', '65536', '80.5', 'http', '-1', ''])('refuses %j', (text) => {
    expect(() => parsePort('--port', text)).toThrow('Expected --port');
  });

  it('takes a port, or none', () => {
    expect(parsePort('--port', '4566')).toBe(4566);
    expect(parsePort('--port', undefined)).toBeUndefined();
  });
});
