import type * as z from 'zod';
import { InvalidError } from '#platform/errors.ts';

/** Parses an input by its schema or throws an InvalidError that names each wrong field. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  root: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => ({
    path: [root, ...issue.path].join('.'),
    message: issue.message,
  }));
  const [first] = details;
  const message = first ? `${first.path}: ${first.message}` : `Expected a valid ${root}`;
  throw new InvalidError(message, { details });
}
