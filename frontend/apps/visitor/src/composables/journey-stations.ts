import type { JourneyEvent } from '@happy-path/api-client';

export type StationName = 'uploaded' | 'checked' | 'made' | 'published';

/** One stop of a photo's journey; `stopped` is where it was refused or failed. */
export interface Station {
  readonly name: StationName;
  readonly state: 'done' | 'current' | 'ahead' | 'stopped';
  readonly time?: string | undefined;
}

const names: readonly StationName[] = ['uploaded', 'checked', 'made', 'published'];

/** Draws the events of a photo as its line of stations; an event type it does not know is not a station. */
export function stationsOf(events: readonly JourneyEvent[]): Station[] {
  const at = (type: string) => events.find((event) => event.type === type)?.time;
  const published = at('PhotoPublished');
  const times: Record<StationName, string | undefined> = {
    uploaded: at('PhotoUploaded'),
    checked: at('PhotoProcessingStarted'),
    made: published,
    published,
  };
  const stop = at('PhotoRejected') ?? at('PhotoFailed');
  // Where a later stop was made, the ones before were too, even if their events are not kept any more.
  const next = names.findLastIndex((name) => times[name] !== undefined) + 1;
  return names.map((name, index) => {
    if (index < next) return { name, state: 'done', time: times[name] };
    if (index > next) return { name, state: 'ahead' };
    return stop === undefined ? { name, state: 'current' } : { name, state: 'stopped', time: stop };
  });
}
