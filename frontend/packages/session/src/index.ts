export { createSession, type SessionOptions } from './session.ts';
export type * from './types.ts';
