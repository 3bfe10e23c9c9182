const STEP = 5 * 60_000;
/** Who reads the form also needs a moment. */
const MOMENT = 30_000;

/** Pick-up times in steps of five minutes, from as soon as the café can to as late as it takes orders for. */
export function pickUpSlots(now: number, ahead: { leadSeconds: number; maxSeconds: number }): string[] {
  const first = Math.ceil((now + ahead.leadSeconds * 1000 + MOMENT) / STEP) * STEP;
  const last = now + ahead.maxSeconds * 1000;
  const count = Math.max(0, Math.floor((last - first) / STEP) + 1);
  return Array.from({ length: count }, (_, index) => new Date(first + index * STEP).toISOString());
}

/** A time of day as the café's clock shows it. */
export function timeAt(time: string | number, timeZone: string | undefined, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...(timeZone && { timeZone }) }).format(
    new Date(time),
  );
}
