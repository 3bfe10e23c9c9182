import { spawn } from 'node:child_process';

/** Opens a page in the person's browser; that there is none is no failure, the address is printed anyway. */
export function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
