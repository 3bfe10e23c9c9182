import { expect, it } from 'vitest';
import { type CodeSituation, codePanelOf } from './code-panel.ts';
import { messages } from './messages.ts';
import { windowAt } from './testing.ts';

const window = windowAt(0);
const shown: CodeSituation = { window, error: undefined, scanUrl: 'url', isOver: false, isOpen: true };
const hidden = { ...shown, scanUrl: undefined };
const taken = { ...hidden, window: windowAt(0, { tokensLeft: 0 }) };
const offline = { kind: 'offline', message: '' } as const;

it.each<[string, CodeSituation, string]>([
  ['the code', shown, 'code'],
  ['the code, as long as it is good, without a connection', { ...shown, error: offline }, 'code'],
  ['the time until the next code when all places are taken', taken, messages.code.takenTitle],
  ['that a new code comes when that time is over', { ...taken, isOver: true }, messages.code.soonTitle],
  [
    'that a new code comes before the first answer',
    { ...hidden, window: undefined },
    messages.code.soonTitle,
  ],
  ['that there is no connection', { ...hidden, isOver: true, error: offline }, messages.code.offlineTitle],
  [
    'that the café is closed, whatever the window was',
    { ...shown, isOpen: false },
    messages.code.closedTitle,
  ],
  ['who may show it', { ...hidden, error: { kind: 'forbidden', message: '' } }, messages.code.forbiddenTitle],
  [
    'that the sign-in is over',
    { ...shown, error: { kind: 'sign-in', message: '' } },
    messages.code.signInTitle,
  ],
])('shows %s', (_what, situation, expected) => {
  const panel = codePanelOf(situation);

  expect(panel.kind === 'code' ? panel.kind : panel.title).toBe(expected);
});
