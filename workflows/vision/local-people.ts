import type { Finding, ImageLabeler, PictureReference } from './labeler.ts';
import { framedSquare } from './pixels.ts';
import type { PictureStore } from './s3-pictures.ts';
import type { Model } from './wasm-models.ts';

const columns = 6;
const scoreColumn = 4;
const classColumn = 5;
/** COCO's number of a person. */
const person = 0;

/** People detection by a CenterNet on MobileNetV3, in this process. */
export class LocalPeople implements ImageLabeler {
  readonly #pictures: PictureStore;
  readonly #model: Model;

  constructor(pictures: PictureStore, model: Model) {
    this.#pictures = pictures;
    this.#model = model;
  }

  async label(picture: PictureReference): Promise<Finding[]> {
    const jpeg = await this.#pictures.read(picture);
    return peopleFindings(await this.#model.run(await framedSquare(jpeg, this.#model.side)));
  }
}

/** One finding for each person among the detections: rows of left, top, right, bottom, score and class. */
export function peopleFindings(detections: ArrayLike<number>): Finding[] {
  const numbers = Array.from(detections);
  const findings: Finding[] = [];
  for (let row = 0; row + columns <= numbers.length; row += columns) {
    const score = numbers[row + scoreColumn] ?? 0;
    if (numbers[row + classColumn] === person) findings.push({ name: 'Person', confidence: 100 * score });
  }
  return findings;
}
