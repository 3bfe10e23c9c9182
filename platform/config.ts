import * as z from 'zod';

/**
 * Reads a function's environment once, at init, and fails with every missing or wrong name at once.
 *
 * @example
 * const config = loadConfig({ TABLE_NAME: z.string() }, process.env);
 */
export function loadConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`);
  throw new Error(
    `Expected environment variables that are missing or wrong: ${problems.join(', ')}. Set them on the function in its template.`,
  );
}
