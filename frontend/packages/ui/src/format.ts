const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago something was, in words: "3 minutes ago", "yesterday"; below a minute "now". */
export function formatRelativeTime(time: string | Date, now: number = Date.now(), locale?: string): string {
  const seconds = (new Date(time).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  return unit ? format.format(Math.round(seconds / unit[1]), unit[0]) : format.format(0, 'second');
}

/** Date and time to the minute, in the reader's own words. */
export function formatExactTime(time: string | Date, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
}

/** Time of day to the second, for steps that lie close together. */
export function formatClockTime(time: string | Date, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(new Date(time));
}

/** A span of time as people say it: "0.8 s", "12 s", "3 min". */
export function formatDuration(milliseconds: number, locale?: string): string {
  const seconds = milliseconds / 1000;
  const [value, unit, digits] =
    seconds < 10
      ? [seconds, 'second', 1]
      : seconds < 90
        ? [seconds, 'second', 0]
        : [seconds / 60, 'minute', 0];
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: String(unit),
    maximumFractionDigits: Number(digits),
  }).format(Number(value));
}

/** What is left of a span of time, to the second: "12:05", "1:02:05". */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** A distance in metres as people say it: miles and feet in the United States, otherwise kilometres and metres. */
export function formatDistance(metres: number, locale: string = navigator.language): string {
  const miles = new Intl.Locale(locale).maximize().region === 'US';
  const [value, unit] = miles
    ? metres < 160.9344
      ? [metres / 0.3048, 'foot']
      : [metres / 1609.344, 'mile']
    : metres < 1000
      ? [metres, 'meter']
      : [metres / 1000, 'kilometer'];
  const near = unit === 'foot' || unit === 'meter';
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: String(unit),
    maximumFractionDigits: near || Number(value) >= 10 ? 0 : 1,
  }).format(near ? Math.round(Number(value) / 10) * 10 : Number(value));
}
