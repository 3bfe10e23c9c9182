import * as z from 'zod';
import { ulidSchema } from '../ids.ts';

/** Which event of its journey an event is. */
export const journeyStep = z.object({
  /** Counted from 1 without gaps. */
  number: z.int().min(1),
  /** No event of this journey comes after it. */
  isLast: z.boolean(),
});

/**
 * What every event says of itself, whatever it is about. The notifier and the journey recorder read nothing else,
 * so a new stack gets notifications and journeys by emitting events.
 */
export const eventMetadata = z.object({
  /** Name and major version of the data's schema, `PhotoUploaded@1`; additive changes keep the number. */
  schema: z.string().regex(/^[A-Z][A-Za-z]+@\d+$/, 'Expected a schema such as PhotoUploaded@1'),
  /** What the event is a step of: the photo's or the order's id. */
  journeyId: ulidSchema,
  /** When it happened, to the millisecond (the bus keeps whole seconds only); the same for a re-sent event. */
  occurredAt: z.iso.datetime(),
  /** Who may read the journey besides the staff. */
  ownerId: z.string().min(1).optional(),
  /** Given by producers that count the events of a journey; `AllEventsStored` tells when all of them are there. */
  step: journeyStep.optional(),
  /** Topics below `happy-path/<stage>/` that hear of it; with a public one among them `data` is public too. */
  notify: z
    .array(z.string().regex(/^(users|places|cafes|staff)\/[^/+#]+$/))
    .max(10)
    .optional(),
});
export type EventMetadata = z.infer<typeof eventMetadata>;

/** The part of an event that generic subscribers understand. */
export const anyEventDetail = z.object({
  metadata: eventMetadata,
  data: z.record(z.string(), z.unknown()),
});

/** One kind of event: where it comes from, what it is called and what its data is. */
export interface EventDefinition<Data extends z.ZodType = z.ZodType> {
  readonly source: string;
  readonly detailType: string;
  readonly detail: z.ZodObject<{ metadata: typeof eventMetadata; data: Data }>;
}

/** Describes an event once; schema, types, samples and JSON Schema follow from it. */
export function defineEvent<Data extends z.ZodType>(
  source: `happy-path.${string}`,
  detailType: string,
  data: Data,
): EventDefinition<Data> {
  return { source, detailType, detail: z.object({ metadata: eventMetadata, data }) };
}

/** The EventBridge envelope as a rule's target receives it, around any detail. */
export const busEvent = z.object({
  id: z.string().min(1),
  source: z.string(),
  'detail-type': z.string(),
  time: z.string(),
  detail: anyEventDetail,
});
export type BusEvent = z.infer<typeof busEvent>;
