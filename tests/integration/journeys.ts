import { type JourneyEvent, journey } from '#contracts/api/journeys.ts';
import { callApi } from '../support/api.ts';
import type { User } from '../support/users.ts';
import { waitUntil } from '../support/wait-until.ts';
import { web } from './app.ts';

/** The events of a photo's journey, once they reach one of the type expected. */
export function journeyTo(last: string, { token }: User, photoId: string): Promise<readonly JourneyEvent[]> {
  let seen: string[] = [];
  return waitUntil(
    `the journey of ${photoId} to reach ${last}`,
    async () => {
      const { status, body } = await callApi(web, 'GET', `/journeys/${photoId}`, { token });
      const { events } = status === 200 ? journey.parse(body) : { events: [] };
      seen = events.map(({ type }) => type);
      return seen.includes(last) ? events : undefined;
    },
    { seen: () => seen },
  );
}
