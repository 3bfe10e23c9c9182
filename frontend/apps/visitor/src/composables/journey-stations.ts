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
    checked: at('PhotoProcessingStarted') ?? published,
    made: published,
    published,
  };
  const stop = at('PhotoRejected') ?? at('PhotoFailed');
  const next = names.findIndex((name) => times[name] === undefined);
  return names.map((name, index) => {
    if (next < 0 || index < next) return { name, state: 'done', time: times[name] };
    if (index > next) return { name, state: 'ahead' };
    return stop === undefined ? { name, state: 'current' } : { name, state: 'stopped', time: stop };
  });
}
