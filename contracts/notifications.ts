import * as z from 'zod';

/** What a topic of the notification channel carries: a hint that something changed; the client re-reads the API. */
export const notification = z.object({
  type: z.string(),
  time: z.iso.datetime(),
  journeyId: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type Notification = z.infer<typeof notification>;

/**
 * Topics below `happy-path/<stage>/`; a user id is percent-encoded, because issuers may put `/`, `+` or `#` into it,
 * and so is `*`, which `encodeURIComponent` leaves and the connection's policy would take for everybody.
 */
export const topics = {
  place: (placeId: string) => `places/${placeId}`,
  user: (userId: string) => `users/${encodeURIComponent(userId).replaceAll('*', '%2A')}`,
} as const;
