import { describe, expect, it, vi } from 'vitest';
import { stationsOf } from './journey-stations.ts';
import { onStage } from './testing.ts';
import { useJourney } from './useJourney.ts';

const at = (second: number) => `2026-06-01T12:00:0${second}.000Z`;
const event = (type: string, second: number, data = {}) => ({
  eventId: type,
  type,
  source: 'happy-path.backend',
  time: at(second),
  data,
});
const uploaded = event('PhotoUploaded', 1, { workflow: 'v1' });
const started = event('PhotoProcessingStarted', 2, { workflow: 'v2' });
const published = event('PhotoPublished', 3);

describe('the line of stations', () => {
  it.each([
    ['lies ahead of a photo that has not arrived', [], ['current', 'ahead', 'ahead', 'ahead']],
    ['begins with the upload', [uploaded], ['done', 'current', 'ahead', 'ahead']],
    ['goes on with the check', [uploaded, started], ['done', 'done', 'current', 'ahead']],
    ['ends on the map', [uploaded, started, published], ['done', 'done', 'done', 'done']],
    ['ends on the map although older events are gone', [published], ['done', 'done', 'done', 'done']],
    [
      'does not mind events it does not know',
      [event('PhotoAdmired', 0), uploaded],
      ['done', 'current', 'ahead', 'ahead'],
    ],
  ])('%s', (_title, events, states) => {
    expect(stationsOf(events).map(({ state }) => state)).toEqual(states);
  });

  const reviewed = event('PhotoReviewRequested', 3);
  const names = (events: Parameters<typeof stationsOf>[0]) =>
    stationsOf(events).map(({ name, state }) => `${name} ${state}`);

  it('has a ranger on it where a workflow asked for one', () => {
    expect(names([uploaded, started, reviewed])).toEqual([
      'uploaded done',
      'checked done',
      'reviewed current',
      'made ahead',
      'published ahead',
    ]);
    expect(names([uploaded, started, reviewed, event('PhotoPublished', 4)])).not.toContain(
      'reviewed current',
    );
    expect(names([uploaded, started, reviewed, event('PhotoRejected', 4)])).toContain('reviewed stopped');
    expect(stationsOf([reviewed, event('PhotoRejected', 4, { reason: 'REVIEW_TIMED_OUT' })])[2]).toEqual({
      name: 'reviewed',
      state: 'stopped',
      time: at(4),
      reason: 'REVIEW_TIMED_OUT',
    });
  });

  it('begins anew when a photo is asked for again', () => {
    const again = event('PhotoUploaded', 6, { workflow: 'v2' });
    expect(names([uploaded, started, event('PhotoFailed', 5), again])).toEqual([
      'uploaded done',
      'checked current',
      'made ahead',
      'published ahead',
    ]);
  });

  it('has the time of each stop', () => {
    expect(stationsOf([uploaded, started, published])).toEqual([
      { name: 'uploaded', state: 'done', time: at(1) },
      { name: 'checked', state: 'done', time: at(2) },
      { name: 'made', state: 'done', time: at(3) },
      { name: 'published', state: 'done', time: at(3) },
    ]);
  });

  it.each(['PhotoRejected', 'PhotoFailed'])('stops where %s happened', (type) => {
    expect(stationsOf([uploaded, started, event(type, 4)])).toEqual([
      { name: 'uploaded', state: 'done', time: at(1) },
      { name: 'checked', state: 'done', time: at(2) },
      { name: 'made', state: 'stopped', time: at(4) },
      { name: 'published', state: 'ahead' },
    ]);
  });
});

describe('useJourney', () => {
  it('grows while one looks', async () => {
    const { result, api, realtime } = onStage(
      ({ api, user }) => {
        user.value = { id: 'u1', groups: [] };
        api.getJourney.mockResolvedValue({ journeyId: 'j', events: [uploaded] });
      },
      () => useJourney('j'),
    );
    await vi.waitFor(() => expect(result.workflow.value).toBe('v1'));
    api.getJourney.mockResolvedValue({ journeyId: 'j', events: [uploaded, started] });

    realtime.emit('users/u1', { type: 'PhotoProcessingStarted', journeyId: 'another' });
    realtime.emit('users/u1', { type: 'PhotoProcessingStarted', journeyId: 'j' });

    await vi.waitFor(() => expect(result.journey.value?.events).toHaveLength(2));
    expect(result.workflow.value).toBe('v2');
    expect(result.stations.value[1]?.state).toBe('done');
    expect(api.getJourney).toHaveBeenCalledTimes(2);
  });

  it('hears the café of an order for its staff', async () => {
    const { api, realtime } = onStage(
      ({ api }) => api.getJourney.mockResolvedValue({ journeyId: 'j', events: [] }),
      () => useJourney('j', { cafeId: 'c' }),
    );
    await vi.waitFor(() => expect(api.getJourney).toHaveBeenCalledTimes(1));

    realtime.emit('cafes/c', { type: 'OrderQueued', journeyId: 'j' });

    await vi.waitFor(() => expect(api.getJourney).toHaveBeenCalledTimes(2));
  });
});
