import { formatDuration } from '@happy-path/ui';

const milliseconds = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'millisecond' });

/** How long a step took: below a second to the millisecond, for that is where steps differ. */
export const formatSpan = (span: number): string =>
  span < 1000 ? milliseconds.format(Math.round(span)) : formatDuration(span);
