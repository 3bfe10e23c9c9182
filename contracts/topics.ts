/**
 * Topics below `happy-path/<stage>/`. A user id is percent-encoded, because issuers may put `/`, `+`, `#` or `*` into
 * it, which mean something in topics and policies. No schema stands here, so that browsers can import it alone.
 */
export const topics = {
  place: (placeId: string) => `places/${placeId}`,
  /** The board of a café: how many wait and which numbers are ready, nothing of who ordered. */
  cafe: (cafeId: string) => `cafes/${cafeId}`,
  user: (userId: string) => `users/${encodeURIComponent(userId).replaceAll('*', '%2A')}`,
  /** What every member of the staff hears: photos that wait for a ranger, are decided, or failed. */
  staff: 'staff/photos',
} as const;
