import type { Label, RejectionReason } from '#contracts/photos.ts';
import type { Finding, ImageLabeler, PictureInput } from './labeler.ts';

/** From which confidence on, 0 to 100, a ranger looks at a photo, and from which one nobody needs to. */
export interface Thresholds {
  readonly review: number;
  readonly reject: number;
}

/** What the visitor is told when a photo is refused. */
export interface Refusal {
  readonly reason: RejectionReason;
  readonly message: string;
}

/** What a workflow decides by. */
export type Verdict =
  | { readonly outcome: 'allow' | 'review'; readonly labels: readonly Label[] }
  | ({ readonly outcome: 'reject'; readonly labels: readonly Label[] } & Refusal);

const mostLabels = 5;
const fewLabels = 3;
/** Below it an engine only guesses. */
const faintest = 10;

/** A use-case: has a picture looked at and turns what was found into a verdict. */
export function checkPicture(ports: { labeler: ImageLabeler; thresholds: Thresholds; refusal: Refusal }) {
  return async ({ bucket, key }: PictureInput): Promise<Verdict> => {
    const findings = await ports.labeler.label({ bucket, key });
    const { outcome, labels } = judge(findings, ports.thresholds);
    return outcome === 'reject' ? { outcome, labels, ...ports.refusal } : { outcome, labels };
  };
}

/**
 * Compares findings with the thresholds: one is enough. A mild one counts a step less: it is reviewed where another would
 * be rejected, and let through where another would be reviewed.
 *
 * The labels returned are those at or over the review threshold, else the first few that are no guess, the surest first.
 * What is compared is what is shown: confidences of one decimal.
 */
export function judge(
  findings: readonly Finding[],
  thresholds: Thresholds,
): { outcome: Verdict['outcome']; labels: Label[] } {
  const ranked = findings
    .map((finding) => ({ ...finding, confidence: oneDecimal(finding.confidence) }))
    .sort((a, b) => b.confidence - a.confidence);
  const outcomes = ranked.map((finding) => outcomeOf(finding, thresholds));
  const outcome = (['reject', 'review'] as const).find((one) => outcomes.includes(one)) ?? 'allow';
  const flagged = ranked.filter(({ confidence }) => confidence >= thresholds.review).slice(0, mostLabels);
  const rest = ranked.filter(({ confidence }) => confidence >= faintest).slice(0, fewLabels);
  const shown = flagged.length > 0 ? flagged : rest;
  return { outcome, labels: shown.map(({ name, confidence }) => ({ name, confidence })) };
}

function outcomeOf({ confidence, mild }: Finding, { review, reject }: Thresholds): Verdict['outcome'] {
  if (confidence >= reject) return mild ? 'review' : 'reject';
  return confidence >= review && !mild ? 'review' : 'allow';
}

function oneDecimal(confidence: number): number {
  return Math.round(Math.min(Math.max(confidence, 0), 100) * 10) / 10;
}
