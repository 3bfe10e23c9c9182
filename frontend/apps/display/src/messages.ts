import { commonMessages as common } from '@happy-path/app';

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
} as const;
