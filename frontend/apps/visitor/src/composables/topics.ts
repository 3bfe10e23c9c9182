/** The topics of `contracts/notifications.ts`, which would bring zod into the first download; a test compares them. */
export const topics = {
  place: (placeId: string) => `places/${placeId}`,
  user: (userId: string) => `users/${encodeURIComponent(userId)}`,
} as const;
