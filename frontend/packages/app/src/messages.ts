const plural = new Intl.PluralRules('en');
const number = new Intl.NumberFormat('en');

/** `3 photos`, `1 photo`: the count with the form of the word that English wants for it. */
export const counted = (count: number, one: string, other: string): string =>
  `${number.format(count)} ${plural.select(count) === 'one' ? one : other}`;

/** The words that all apps say; each app spreads what it needs into its own messages. */
export const messages = {
  app: {
    name: 'Happy Path',
    skipToContent: 'Skip to content',
    loading: 'Loading',
    retry: 'Try again',
    close: 'Close',
    back: 'Back',
    cancel: 'Cancel',
    startFailed: 'Happy Path could not start',
    startFailedText: 'Its settings could not be read. Check your connection and try again.',
    notFound: 'There is nothing at this address',
    notFoundText: 'The link may be old or mistyped.',
  },
  account: { signIn: 'Sign in', signOut: 'Sign out', another: 'Sign in as somebody else' },
  signIn: {
    finishing: 'Signing you in',
    failedTitle: 'Signing in did not work',
    failedText: 'The sign-in page did not let you in or the link was too old. Try again.',
    asVisitor: (name: string) =>
      `You are signed in as ${name}, who is a visitor. An admin can add you to a group; then sign in again.`,
  },
  photos: {
    alt: (caption: string | undefined, place: string | undefined) =>
      caption ?? (place ? `Photo of ${place}` : 'Photo by a visitor'),
  },
  journey: {
    title: 'Its journey',
    stations: {
      uploaded: 'Uploaded',
      checked: 'Checked',
      reviewed: 'A ranger looked at it',
      made: 'Made for every screen',
      published: 'On the map',
    },
    reviewing: 'A ranger is looking at it',
    notReviewed: 'No ranger saw it in time',
    stopped: 'Stopped here',
    current: 'Happening now',
    pending: 'Not yet',
    after: (duration: string) => `after ${duration}`,
    workflow: (version: string) => `Workflow ${version}`,
    madeBy: (version: string) => `Made by workflow ${version}`,
    total: (duration: string) => `From phone to map in ${duration}`,
    events: (count: number) => `Show ${counted(count, 'event', 'events')}`,
    emptyTitle: 'Nothing has happened yet',
    emptyText: 'The journey starts when the photo has arrived.',
    errorTitle: 'The journey did not load',
  },
  retry: {
    done: 'On its way again, from the kept original.',
    refused: (why: string) => `It was not sent again. ${why}`,
  },
  popUps: { region: 'Messages', show: 'Show it', why: 'See why' },
  errors: {
    offline: 'No network. Try again when you have reception.',
    viewUnreachable: 'This page could not be loaded. Try again when you have reception, or reload the app.',
    unexpected: 'The app hit a fault of its own. Try again; if it stays, reload the page.',
  },
} as const;
