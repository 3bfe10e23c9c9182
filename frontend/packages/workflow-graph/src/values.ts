/** A part of a definition; what a definition may lack is undefined. */
export type Value = unknown;
export type Fields = Readonly<Record<string, Value>>;

const isFields = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: Value): Fields => (isFields(value) ? value : {});
export const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? value : []);
export const textOf = (value: Value): string => (typeof value === 'string' ? value : '');
