import { randomBytes } from 'node:crypto';
import { crockford } from '#contracts/ids.ts';

/** 26 random characters of Crockford's base 32: 130 bits. */
export const newSecret = (): string => Array.from(randomBytes(26), (byte) => crockford[byte % 32]).join('');
