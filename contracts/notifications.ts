import * as z from 'zod';

/** What a topic of the notification channel carries: a hint that something changed; the client re-reads the API. */
export const notification = z.object({
  type: z.string(),
  time: z.iso.datetime(),
  journeyId: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type Notification = z.infer<typeof notification>;
