/** How a café's time is cut into windows, and how many tokens each has. */
export interface WindowPlan {
  readonly windowSeconds: number;
  readonly tokens: number;
}

/** Seconds since 1970. */
export const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/** The start of the window that a moment belongs to; windows are aligned, so every display knows them by itself. */
export const windowStart = (seconds: number, { windowSeconds }: WindowPlan): number =>
  seconds - (seconds % windowSeconds);

/** The time as answers spell it. */
export const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
