import { InvalidError } from '#platform/errors.ts';

/** Makes an opaque cursor of a position in a list. */
export const encodeCursor = (position: string): string => Buffer.from(position, 'utf8').toString('base64url');

/**
 * Reads a cursor back; it must fit the list's own form of positions, because whoever calls may have made it up
 * and the position goes into a database key.
 */
export function decodeCursor(cursor: string | undefined, form: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const position = Buffer.from(cursor, 'base64url').toString('utf8');
  if (encodeCursor(position) === cursor && form.test(position)) return position;
  throw new InvalidError('Expected a cursor from a page of this list. Start again without one.');
}
