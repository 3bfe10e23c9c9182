import type { OrderStatus } from '@happy-path/api-client';

/** The words about orders that several apps say. */
export const orderMessages = {
  status: {
    ADMITTED: 'Just a moment',
    STARTED: 'Just a moment',
    AWAITING_CHOICE: 'Choose your drink',
    PLACED: 'Ordered',
    SCHEDULED: 'Ordered for later',
    QUEUED: 'Waiting for a barista',
    MAKING: 'Being made',
    PREPARED: 'Ready',
    COMPLETED: 'Ready',
    CANCELLED: 'Cancelled',
    TIMED_OUT: 'Time ran out',
    REFUSED: 'Not taken',
  } satisfies Record<OrderStatus, string>,
  journey: {
    /** What has happened, by event. */
    done: {
      NewOrderAdmitted: 'Code scanned',
      OrderWorkflowStarted: 'Taken on by the café',
      OrderChoiceAwaited: 'Place kept, menu open',
      OrderPlaced: 'Drink chosen',
      OrderScheduled: 'Planned for its pick-up time',
      OrderQueued: 'Got its number',
      PreparationStarted: 'A barista began',
      PreparationCompleted: 'Ready at the counter',
      OrderCompleted: 'Receipt written',
      StampGiven: 'Stamp given',
      PreparationCancelled: 'Taken off by the café',
      OrderCancelled: 'Cancelled',
      OrderTimedOut: 'Time ran out',
      OrderRefused: 'Not taken',
    },
    orderedAhead: 'Ordered ahead',
    gotNumber: (number: number) => `Got number ${number}`,
    /** What is going on while the event is still to come. */
    current: {
      NewOrderAdmitted: 'Getting a place',
      OrderPlaced: 'Choosing the drink',
      OrderQueued: 'Getting its number',
      PreparationStarted: 'Waiting for a barista',
      PreparationCompleted: 'Being made',
      OrderCompleted: 'Writing the receipt',
    },
    waitingForItsTime: 'Waiting for its time',
    total: (duration: string) => `From order to counter in ${duration}`,
  },
  number: (number: number) => `No. ${number}`,
  open: 'Open',
  closed: 'Closed',
} as const;
