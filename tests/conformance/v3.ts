import { inspection } from './scenarios/inspection.ts';
import { moderation } from './scenarios/moderation.ts';
import { review, reviewRoads } from './scenarios/review.ts';
import type { Subject } from './subject.ts';
import type { VersionTests } from './version.ts';

/** v3 = v2 + inspection, and a ranger for what is in doubt. */
function scenarios(subject: Subject): void {
  inspection(subject);
  moderation(subject);
  review(subject);
}

export default { roads: reviewRoads, scenarios } satisfies VersionTests;
