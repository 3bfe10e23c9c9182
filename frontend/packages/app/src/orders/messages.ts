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
  number: (number: number) => `No. ${number}`,
  open: 'Open',
  closed: 'Closed',
} as const;
