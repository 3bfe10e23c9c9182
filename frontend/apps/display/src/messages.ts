import { commonMessages as common, counted } from '@happy-path/app';

/** Every word the display says. A second language is a translation of this file. */
export const messages = {
  app: { ...common.app, name: 'Happy Path display' },
  account: { ...common.account, another: 'Sign in as somebody else' },
  signIn: {
    title: 'Start the display of your café',
    text: 'Sign in with your staff account. The screen then runs by itself.',
  },
  noGroup: {
    title: 'The display is started by the staff',
    text: (name: string) =>
      `You are signed in as ${name}, who is a visitor. An admin can add you to a group; then sign in again.`,
  },
  cafes: {
    title: 'Which café is this screen in?',
    text: 'It is remembered on this device.',
    open: 'Open',
    closed: 'Closed',
    emptyTitle: 'You make orders at no café yet',
    emptyText: 'An admin can add you to the staff of a café. Then come back here.',
    errorTitle: 'The cafés did not load',
    theme: 'Colours',
    dark: 'Dark',
    light: 'Light',
  },
  screen: {
    change: 'Change café',
    loading: 'Connecting to the café',
    noCafeTitle: 'This café takes no orders yet',
    noCafeText: 'An admin can set it up. This screen follows by itself.',
    offline: 'No connection',
    offlineSince: (time: string) => `No connection. Numbers are from ${time}.`,
  },
  code: {
    title: 'Scan to order',
    label: 'QR code to order here',
    left: (left: number, all: number) => `${left} of ${counted(all, 'place', 'places')} left`,
    next: (time: string) => `New code in ${time}`,
    takenTitle: 'All places are taken',
    takenText: 'The next code comes by itself.',
    soonTitle: 'A new code is coming',
    offlineTitle: 'No connection',
    offlineText: 'The code comes back by itself.',
    closedTitle: 'Closed',
    closedText: 'Orders on their way are still made.',
    signInTitle: 'Staff, please sign in',
    signInText: 'The code is shown to people who are signed in. The board goes on.',
    forbiddenTitle: 'No code for this account',
    forbiddenText: 'Only the staff of this café can show its code.',
  },
  board: {
    making: 'Making',
    ready: 'Ready',
    waiting: 'Waiting',
    none: 'None',
    steps: [
      'Scan the code with your phone',
      'Choose your drink',
      'Your number appears here when it is ready',
    ],
    more: (count: number) => `+${count}`,
  },
  closed: { title: 'Closed for now', text: 'See you on the trail.' },
  photos: {
    alt: common.photos.alt,
    by: (author: string) => `Photo by ${author}`,
  },
} as const;
