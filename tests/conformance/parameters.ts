/** Seconds in which a test can decide and for which a test can wait. */
export const reviewSeconds = 12;

/** What tests set otherwise than a real stage; a template gets those that it has. */
export const testParameters: Readonly<Record<string, string>> = {
  ReviewSeconds: String(reviewSeconds),
};
