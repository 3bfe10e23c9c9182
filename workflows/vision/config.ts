import * as z from 'zod';
import type { Thresholds } from './verdict.ts';

export const engines = ['rekognition', 'local'] as const;
export type Engine = (typeof engines)[number];

/** An empty variable is an unset one, since a template's parameter cannot be left out. */
const confidence = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.coerce.number().min(0).max(100).optional(),
);

/** What the functions that look at photos read from their environment. */
export const visionConfig = {
  ENGINE: z.enum(engines),
  REVIEW_CONFIDENCE: confidence,
  REJECT_CONFIDENCE: confidence,
};
type VisionConfig = z.infer<z.ZodObject<typeof visionConfig>>;

/** The thresholds as configured, or those that fit the engine's own scale. */
export function thresholdsOf(
  config: VisionConfig,
  defaults: Readonly<Record<Engine, Thresholds>>,
): Thresholds {
  const { review, reject } = defaults[config.ENGINE];
  const thresholds = {
    review: config.REVIEW_CONFIDENCE ?? review,
    reject: config.REJECT_CONFIDENCE ?? reject,
  };
  if (thresholds.review <= thresholds.reject) return thresholds;
  throw new Error(
    `Expected REVIEW_CONFIDENCE to be at most REJECT_CONFIDENCE, got ${thresholds.review} and ${thresholds.reject}. ` +
      'Set both on the function in its template.',
  );
}
