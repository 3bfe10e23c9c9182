import type { JourneyEvent } from '@happy-path/api-client';

export type StationName = 'uploaded' | 'checked' | 'reviewed' | 'made' | 'published';

/** One stop of a photo's journey; `stopped` is where it was refused or failed. */
export interface Station {
  readonly name: StationName;
  readonly state: 'done' | 'current' | 'ahead' | 'stopped';
  readonly time?: string | undefined;
  /** Why it was stopped here. */
  readonly reason?: string | undefined;
}

/** Draws the events of a photo as its line of stations; an event type it does not know is not a station. */
export function stationsOf(events: readonly JourneyEvent[]): Station[] {
  const round = lastRound(events);
  const find = (type: string) => round.find((event) => event.type === type);
  const at = (type: string) => find(type)?.time;
  const published = at('PhotoPublished');
  const review = at('PhotoReviewRequested');
  const stop = find('PhotoRejected') ?? find('PhotoFailed');
  const times: Record<StationName, string | undefined> = {
    uploaded: at('PhotoUploaded'),
    checked: at('PhotoProcessingStarted'),
    // A ranger's answer has no event of its own: the photo is published or refused in the same moment.
    reviewed: review && published,
    made: published,
    published,
  };
  const names: readonly StationName[] = ['uploaded', 'checked', ...reviewed(review), 'made', 'published'];
  // Where a later stop was made, the ones before were too, even if their events are not kept any more.
  const next = names.findLastIndex((name) => times[name] !== undefined) + 1;
  // Whoever is looked at by a ranger was checked before.
  const from = review === undefined ? next : Math.max(next, names.indexOf('reviewed'));
  return names.map((name, index) => {
    if (index < from) return { name, state: 'done', time: times[name] };
    if (index > from) return { name, state: 'ahead' };
    if (stop === undefined) return { name, state: 'current' };
    const { reason } = stop.data;
    return { name, state: 'stopped', time: stop.time, ...(typeof reason === 'string' && { reason }) };
  });
}

const reviewed = (review: string | undefined): StationName[] => (review === undefined ? [] : ['reviewed']);

/** A photo that is asked for again after its end begins its journey anew. */
function lastRound(events: readonly JourneyEvent[]): readonly JourneyEvent[] {
  const end = events.findLastIndex(({ type }) => type === 'PhotoRejected' || type === 'PhotoFailed');
  const again = events.findIndex(({ type }, index) => index > end && type === 'PhotoUploaded');
  return end >= 0 && again >= 0 ? events.slice(again) : events;
}
