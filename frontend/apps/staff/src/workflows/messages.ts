import { commonMessages as common, counted } from '@happy-path/app';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const list = new Intl.ListFormat('en');

/** Every word of the workflows view. */
export const messages = {
  ...common.app,
  title: 'Workflows',
  traffic: 'Where new photos go',
  share: (percent: number) => `${number.format(percent)} %`,
  shareOf: (version: string, percent: number) => `${version} ${number.format(percent)} %`,
  changed: 'Changed',
  before: (sentence: string) => `Before: ${sentence}`,
  rollback: 'Go back',
  rollbackHint: 'To what held before the last change',
  active: 'Active',
  canary: 'Being tried',
  idle: 'No new photos',
  forPlaces: (count: number) => `For ${counted(count, 'place', 'places')}`,
  notDeployed: 'Not deployed',
  notDeployedText:
    'Photos that are sent there wait until it is deployed, or go to the active version after a while.',
  lastHour: 'In the last hour',
  started: 'Photos',
  running: 'Running',
  failed: 'Failed',
  orMore: (count: number) => `${number.format(count)}+`,
  exactly: (count: number) => number.format(count),
  updated: 'Deployed',
  console: 'Open in the AWS console',
  graphOf: (version: string) => `Graph of workflow ${version}`,
  enlarge: (version: string) => `Show the graph of ${version} large`,
  unreadable: 'Its definition cannot be drawn.',
  activate: 'Send all here',
  try: 'Try on some',
  changeShare: 'Change share',
  promote: 'Keep for all',
  stop: 'Stop the try',
  places: 'Places with their own version',
  placesNone: 'Every place follows the shares above.',
  addPlace: 'Choose for a place',
  removePlace: 'Let it follow',
  removePlaceOf: (place: string) => `Let ${place} follow the shares above`,
  findPlace: 'Name of the place',
  noPlace: (query: string) => `No place is called “${query}”`,
  version: 'Version',
  percent: 'Share of new photos',
  onlyAdmins: 'Only admins change where photos go.',
  ask: {
    activate: (version: string) => `Send all new photos to ${version}?`,
    try: (version: string) => `Try ${version} on some photos`,
    promote: (version: string) => `Keep ${version} for all?`,
    stop: (version: string) => `Stop trying ${version}?`,
    rollback: 'Go back to what held before?',
    place: 'Choose a version for a place',
    removePlace: (place: string) => `Let ${place} follow the others?`,
  },
  sentence: {
    all: (version: string) => `From now on all new photos go to ${version}.`,
    some: (version: string, percent: number, rest: string) =>
      `From now on ${number.format(percent)} % of new photos go to ${version}, ${number.format(100 - percent)} % to ${rest}.`,
    place: (place: string, version: string) => `New photos of ${place} always go to ${version}.`,
    follows: (place: string) => `New photos of ${place} follow the others again.`,
    keep: (places: readonly string[]) =>
      `${list.format(places)} ${places.length === 1 ? 'keeps its own version' : 'keep their own versions'}.`,
    stay: 'Photos on their way stay where they are.',
    nothing: 'Nothing changes: this is how it is.',
    short: (active: string, canary: { version: string; percent: number } | undefined) =>
      canary
        ? `${number.format(canary.percent)} % to ${canary.version}, the rest to ${active}`
        : `all to ${active}`,
  },
  confirm: 'Do it',
  done: 'Done. It holds from the next photo on.',
  stale: 'Somebody else has just changed where photos go. You see it as it is now; decide again.',
  emptyTitle: 'No workflow is deployed',
  emptyText: 'Deploy one: npm run deploy, or npm start on a laptop. It appears here by itself.',
  errorTitle: 'The workflows did not load',
  lost: 'Not up to date',
} as const;
