import { randomBytes } from 'node:crypto';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 random characters of Crockford's base 32: 130 bits. */
export const newSecret = (): string => Array.from(randomBytes(26), (byte) => crockford[byte % 32]).join('');
