import type { TokenWindow } from '@happy-path/api-client';
import type { LoadError } from '@happy-path/app';
import { messages } from './messages.ts';

export interface CodeSituation {
  readonly window: TokenWindow | undefined;
  readonly error: LoadError | undefined;
  readonly scanUrl: string | undefined;
  readonly isOver: boolean;
  /** What the board says, which is read even where the window is not. */
  readonly isOpen: boolean;
}

export type CodePanel =
  | { kind: 'code'; scanUrl: string; window: TokenWindow }
  | { kind: 'taken'; title: string; text: string; window: TokenWindow }
  | { kind: 'words' | 'sign-in'; title: string; text?: string };

/** What stands where the code should be: the code while a scan of it can succeed, otherwise why there is none. */
export function codePanelOf({ window, error, scanUrl, isOver, isOpen }: CodeSituation): CodePanel {
  const { code } = messages;
  if (error?.kind === 'sign-in') return { kind: 'sign-in', title: code.signInTitle, text: code.signInText };
  if (error?.kind === 'forbidden')
    return { kind: 'sign-in', title: code.forbiddenTitle, text: code.forbiddenText };
  if (!isOpen) return { kind: 'words', title: code.closedTitle, text: code.closedText };
  // A scan needs the guest's connection, not this screen's: the code stays while it is good.
  if (window && scanUrl !== undefined) return { kind: 'code', scanUrl, window };
  if (window && !isOver && window.isOpen && window.tokensLeft === 0)
    return { kind: 'taken', title: code.takenTitle, text: code.takenText, window };
  if (error) return { kind: 'words', title: code.offlineTitle, text: code.offlineText };
  return { kind: 'words', title: code.soonTitle };
}
