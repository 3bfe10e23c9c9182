import { type JourneyEvent, journey } from '#contracts/api/journeys.ts';
import { callApi } from '../support/api.ts';
import type { User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { web } from './app.ts';

/** What every photo's journey is that nobody has to look at. */
export const publishedPhoto = ['PhotoUploaded', 'PhotoProcessingStarted', 'PhotoPublished'];

/** The events of a journey, once all of the types expected are stored: each comes by itself, a later one may be first. */
export function journeyWith(
  types: readonly string[],
  { token }: User,
  journeyId: string,
): Promise<readonly JourneyEvent[]> {
  let seen: string[] = [];
  return waitUntil(
    `journey ${journeyId} to have ${types.join(', ')}`,
    async () => {
      const { status, body } = await callApi(web, 'GET', `/journeys/${journeyId}`, { token });
      const { events } = status === 200 ? journey.parse(body) : { events: [] };
      seen = events.map(({ type }) => type);
      return types.every((type) => seen.includes(type)) ? events : undefined;
    },
    { seen: () => seen },
  );
}
