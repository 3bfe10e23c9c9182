import type { PhotoView } from '@happy-path/api-client';
import { formatExactTime } from '@happy-path/ui';
import { messages } from './messages.ts';

/** A term and what is known of it. */
export type Fact = readonly [term: string, text: string];

/** What a workflow found out about a photo, in words. */
export function factsOf(details: PhotoView['details']): Fact[] {
  if (!details) return [];
  const { facts } = messages;
  return [
    [facts.type, details.type.toUpperCase()],
    [facts.size, facts.pixels(details.width, details.height)],
    ...given(facts.taken, details.takenAt && timeOf(details.takenAt)),
    ...given(facts.camera, details.camera),
    [facts.where, whereOf(details.takenNearPlace)],
  ];
}

/** A fact when there is one. */
export const given = (term: string, text: string | undefined): Fact[] =>
  text === undefined || text === '' ? [] : [[term, text]];

/** A camera writes its own time without a zone, and not always one that a calendar knows. */
const timeOf = (takenAt: string) => (Number.isNaN(Date.parse(takenAt)) ? takenAt : formatExactTime(takenAt));

const whereOf = (near: boolean | undefined) =>
  near === undefined ? messages.facts.unknownWhere : near ? messages.facts.near : messages.facts.far;
