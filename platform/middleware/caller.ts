import * as z from 'zod';

/** Who calls, as the authorizer established it. */
export interface Caller {
  readonly userId: string;
  readonly name?: string;
  readonly groups: readonly string[];
}

export const staffGroups = ['rangers', 'baristas', 'admins'] as const;

/** Whether the caller belongs to one of the groups. */
export const isIn = (caller: Caller | undefined, ...groups: readonly string[]): boolean =>
  caller?.groups.some((group) => groups.includes(group)) ?? false;

/** The authorizer's context: API Gateway carries strings only, so groups travel as JSON. */
export const authorizerContext = z.object({
  userId: z.string().min(1),
  name: z.string().optional(),
  groups: z.string().default('[]'),
});

/** Reads the caller out of `requestContext.authorizer`; a guest has no user id there. */
export function callerFrom(authorizer: unknown): Caller | undefined {
  const parsed = authorizerContext.safeParse(authorizer);
  if (!parsed.success) return undefined;
  const { userId, name, groups } = parsed.data;
  return { userId, ...(name && { name }), groups: z.array(z.string()).parse(JSON.parse(groups)) };
}
