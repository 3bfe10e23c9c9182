import type { Engine } from '../../vision/config.ts';
import type { ImageLabeler } from '../../vision/labeler.ts';
import { checkPicture, type Refusal, type Thresholds } from '../../vision/verdict.ts';

const indecent: Refusal = {
  reason: 'INDECENT',
  message:
    'Our automatic check took this photo for one that not everybody should see, so it is not shown. ' +
    'Please choose another one.',
};

/** Rekognition grades its own certainty; nsfwjs divides 100 among its classes. */
export const moderationThresholds: Readonly<Record<Engine, Thresholds>> = {
  rekognition: { review: 60, reject: 90 },
  local: { review: 40, reject: 85 },
};

/** Decides whether a photo is decent enough for everybody, or a ranger has to. */
export function moderatePhoto(ports: { labeler: ImageLabeler; thresholds: Thresholds }) {
  return checkPicture({ ...ports, refusal: indecent });
}
