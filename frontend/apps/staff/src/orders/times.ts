/** A time of day where the café is, for pick-up times. */
export const clockIn = (time: string, timeZone: string | undefined, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...(timeZone !== undefined && { timeZone }) }).format(
    new Date(time),
  );

const minutes = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'minute' });

/** How long something waits, to the minute: a board full of running seconds is no help. Nothing in the first minute. */
export function wholeMinutes(milliseconds: number): string | undefined {
  const whole = Math.floor(milliseconds / 60_000);
  return whole > 0 ? minutes.format(whole) : undefined;
}
