import * as z from 'zod';

/** The digits of Crockford's base 32, which ULIDs are made of. */
export const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 26 characters of Crockford base 32, sortable by creation time. */
export const ulidSchema = z
  .string()
  .regex(
    /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
    'Expected a ULID of 26 characters such as 01K0A1B2C3D4E5F6G7H8J9KMNP',
  );

/** The subject of a verified token; issuers differ (UUID, `auth0|…`), all fit a key and a topic after encoding. */
export const userId = z.string().min(1).max(128);

/** Spreads ULIDs over shards: their last character is random, so those of one moment come into all of them. */
export const shardOf = (ulid: string, shards: number): number => crockford.indexOf(ulid.slice(-1)) % shards;
