import { allEventsStored } from './all-events-stored.ts';
import { configChanged } from './config-changed.ts';
import type { EventDefinition } from './envelope.ts';
import { newOrderAdmitted } from './new-order-admitted.ts';
import { orderCancelled } from './order-cancelled.ts';
import { orderChoiceAwaited } from './order-choice-awaited.ts';
import { orderCompleted } from './order-completed.ts';
import { orderPlaced } from './order-placed.ts';
import { orderQueued } from './order-queued.ts';
import { orderRefused } from './order-refused.ts';
import { orderScheduled } from './order-scheduled.ts';
import { orderTimedOut } from './order-timed-out.ts';
import { orderWorkflowStarted } from './order-workflow-started.ts';
import { photoDeleted } from './photo-deleted.ts';
import { photoFailed } from './photo-failed.ts';
import { photoProcessingStarted } from './photo-processing-started.ts';
import { photoPublished } from './photo-published.ts';
import { photoRejected } from './photo-rejected.ts';
import { photoReviewRequested } from './photo-review-requested.ts';
import { photoUploaded } from './photo-uploaded.ts';
import { preparationCancelled } from './preparation-cancelled.ts';
import { preparationCompleted } from './preparation-completed.ts';
import { preparationStarted } from './preparation-started.ts';
import { stampGiven } from './stamp-given.ts';

/** Every event on the application bus; an event that is not here is not sent. */
export const eventRegistry = {
  PhotoUploaded: photoUploaded,
  PhotoProcessingStarted: photoProcessingStarted,
  PhotoReviewRequested: photoReviewRequested,
  PhotoPublished: photoPublished,
  PhotoRejected: photoRejected,
  PhotoFailed: photoFailed,
  PhotoDeleted: photoDeleted,
  NewOrderAdmitted: newOrderAdmitted,
  OrderWorkflowStarted: orderWorkflowStarted,
  OrderRefused: orderRefused,
  OrderChoiceAwaited: orderChoiceAwaited,
  OrderPlaced: orderPlaced,
  OrderScheduled: orderScheduled,
  OrderQueued: orderQueued,
  PreparationStarted: preparationStarted,
  PreparationCompleted: preparationCompleted,
  PreparationCancelled: preparationCancelled,
  OrderCompleted: orderCompleted,
  OrderCancelled: orderCancelled,
  OrderTimedOut: orderTimedOut,
  ConfigChanged: configChanged,
  StampGiven: stampGiven,
  AllEventsStored: allEventsStored,
} as const satisfies Record<string, EventDefinition>;

export type EventName = keyof typeof eventRegistry;
