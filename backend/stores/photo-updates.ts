import { photoKeys } from '#contracts/tables/keys.ts';
import type { Seen } from './photo-store.ts';

/** An update's parts; every name that is set is aliased, so that reserved words do not matter. */
export interface Change {
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  /** Names the status as `#status`. */
  readonly condition: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The condition that nobody has moved the photo since it was read, to be given `seenValues`. */
export const unchanged = '#status = :status AND statusAt = :statusAt AND attempts = :attempts';

/** The values of `unchanged`. */
export const seenValues = ({ status, statusAt, attempts }: Seen) => ({
  ':status': status,
  ':statusAt': statusAt,
  ':attempts': attempts,
});

/** A conditional update of a photo's item, for a command of its own or within a transaction. */
export function photoUpdate(table: string, photoId: string, { set, remove = [], condition, values }: Change) {
  const names = Object.keys(set);
  const sets = names.map((name) => `#${name} = :set_${name}`).join(', ');
  return {
    TableName: table,
    Key: photoKeys.primary(photoId),
    UpdateExpression: `SET ${sets}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
    ConditionExpression: condition,
    // Every condition names the status, also of a move that leaves it as it is.
    ExpressionAttributeNames: {
      '#status': 'status',
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...values,
      ...Object.fromEntries(names.map((name) => [`:set_${name}`, set[name]])),
    },
  };
}
