import type { Finding, ImageLabeler, PictureReference } from './labeler.ts';
import { pickedSquare } from './pixels.ts';
import type { PictureStore } from './s3-pictures.ts';
import type { Model } from './wasm-models.ts';

/** Moderation by the MobileNetV2 of nsfwjs, in this process. */
export class LocalModeration implements ImageLabeler {
  readonly #pictures: PictureStore;
  readonly #model: Model;

  constructor(pictures: PictureStore, model: Model) {
    this.#pictures = pictures;
    this.#model = model;
  }

  async label(picture: PictureReference): Promise<Finding[]> {
    const jpeg = await this.#pictures.read(picture);
    return moderationFindings(await this.#model.run(await pickedSquare(jpeg, this.#model.side)));
  }
}

/**
 * Names what the model's five shares mean to a park: porn and hentai are explicit alike, photographed or drawn, and since
 * shares add up to 1 one of them must not hide the other. Sexy is bare skin and tight clothes, which people wear at a
 * lake. Drawings and the neutral rest are welcome.
 */
export function moderationFindings(shares: ArrayLike<number>): Finding[] {
  const [, hentai, , porn, sexy] = Array.from(shares);
  if (shares.length !== 5 || hentai === undefined || porn === undefined || sexy === undefined) {
    throw new Error(`Expected five shares from the moderation model, got ${shares.length}`);
  }
  return [
    { name: 'Explicit', confidence: 100 * (porn + hentai) },
    { name: 'Suggestive', confidence: 100 * sexy, mild: true },
  ];
}
