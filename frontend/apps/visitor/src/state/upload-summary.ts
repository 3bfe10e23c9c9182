import { messages } from '../messages.ts';
import type { UploadItem } from '../uploads/index.ts';

export interface UploadSummary {
  readonly tone: 'works' | 'waits' | 'attention';
  readonly text: string;
}

/** One line for all uploads: what waits for the visitor or for reception comes before what goes on by itself. */
export function summarise(items: readonly UploadItem[]): UploadSummary | undefined {
  const count = (fits: (item: UploadItem) => boolean) => items.filter(fits).length;
  const reception = count(({ status, waitsFor }) => status === 'waiting' && waitsFor === 'reception');
  if (reception > 0) return { tone: 'waits', text: messages.upload.waitingForReception(reception) };
  const signIn = count(({ status, waitsFor }) => status === 'waiting' && waitsFor === 'sign-in');
  if (signIn > 0) return { tone: 'waits', text: messages.upload.waitingForSignIn(signIn) };
  const uploading = count(({ status }) => status === 'uploading' || status === 'waiting');
  if (uploading > 0) return { tone: 'works', text: messages.upload.uploading(uploading) };
  const checking = count(({ status }) => status === 'processing');
  if (checking > 0) return { tone: 'works', text: messages.upload.checking(checking) };
  const refused = count(({ status }) => status === 'refused' || status === 'rejected' || status === 'failed');
  return refused > 0 ? { tone: 'attention', text: messages.upload.needsYou(refused) } : undefined;
}
