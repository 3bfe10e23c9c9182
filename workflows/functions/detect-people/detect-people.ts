import type { Engine } from '../../vision/config.ts';
import type { ImageLabeler } from '../../vision/labeler.ts';
import { checkPicture, type Refusal, type Thresholds } from '../../vision/verdict.ts';

const people: Refusal = {
  reason: 'PEOPLE',
  message:
    'There seem to be people in this photo. Guests of cafés, restaurants and bars should not find themselves on the map; ' +
    'please take one without anybody in it.',
};

/** CenterNet is modest: its scores of people in plain view begin at 40. */
export const peopleThresholds: Readonly<Record<Engine, Thresholds>> = {
  rekognition: { review: 60, reject: 90 },
  local: { review: 25, reject: 40 },
};

/** Decides whether there are people in a photo, or a ranger has to. */
export function detectPeople(ports: { labeler: ImageLabeler; thresholds: Thresholds }) {
  return checkPicture({ ...ports, refusal: people });
}
