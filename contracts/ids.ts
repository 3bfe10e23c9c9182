import * as z from 'zod';

/** A ULID: 26 characters of Crockford base 32, sortable by creation time. */
export const ulidSchema = z
  .string()
  .regex(
    /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
    'Expected a ULID of 26 characters such as 01K0A1B2C3D4E5F6G7H8J9KMNP',
  );

/** The subject of a verified token; issuers differ (UUID, `auth0|…`), all fit a key and a topic after encoding. */
export const userId = z.string().min(1).max(128);
