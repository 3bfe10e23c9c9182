import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from './failure.ts';

/** Parses a command's arguments; a wrong one fails with the command's usage. */
export function parseArguments<T extends ParseArgsConfig>(usage: string, config: T) {
  try {
    return parseArgs({ strict: true, ...config });
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`);
  }
}

/** Reads a port number given as an option. */
export function parsePort(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Failure(`Expected ${option} to be a port from 1 to 65535, got "${text}".`);
}
