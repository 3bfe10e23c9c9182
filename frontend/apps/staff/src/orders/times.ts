/** A time of day where the café is, for pick-up times. */
export const clockIn = (time: string, timeZone: string | undefined, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...(timeZone !== undefined && { timeZone }) }).format(
    new Date(time),
  );
