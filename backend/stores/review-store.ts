import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { RangerReason } from '#contracts/photos.ts';
import type { PhotoItem, RefusedPictureItem } from '#contracts/tables/items.ts';
import { indexes, photoKeys, refusedKeys } from '#contracts/tables/keys.ts';
import type { Page, PageRequest } from '#platform/paging.ts';
import { readPage } from './photo-queries.ts';
import type { Seen } from './photo-store.ts';
import { photoUpdate, seenValues, unchanged } from './photo-updates.ts';

/** What a ranger decides about a photo. */
export type Verdict =
  | { readonly decision: 'approve' }
  | { readonly decision: 'reject'; readonly reason: RangerReason; readonly message: string };

/** A verdict with who gave it, when, and how the photo looked then. */
export interface Decision {
  readonly photo: Seen & Pick<PhotoItem, 'placeId' | 'details'>;
  readonly verdict: Verdict;
  readonly decidedBy: string;
  readonly now: string;
}

/** The photos that wait for a ranger. */
export interface ReviewStore {
  /** Photos that a ranger may still decide, longest waiting first. */
  listWaiting(now: string, page: PageRequest): Promise<Page<PhotoItem>>;
  /**
   * Writes the decision on the photo and, with a refusal, what its picture looks like. Answers false when another was
   * first, the time is over, or the photo has moved on.
   */
  decide(decision: Decision): Promise<boolean>;
}

/** How often a decision is written while something else writes the same photo. */
const mostWrites = 4;

/** Reviews in the application table: a photo's own item holds its decision. */
export class DynamoDbReviewStore implements ReviewStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  listWaiting(now: string, page: PageRequest): Promise<Page<PhotoItem>> {
    return readPage(
      this.#client,
      {
        table: this.#table,
        index: indexes.attention,
        partition: photoKeys.attention('IN_REVIEW'),
        oldestFirst: true,
        filter: {
          expression: 'attribute_not_exists(decision) AND reviewBy > :now',
          values: { ':now': now },
        },
      },
      page,
    );
  }

  async decide({ photo, verdict, decidedBy, now }: Decision): Promise<boolean> {
    const update = photoUpdate(this.#table, photo.photoId, {
      set: { ...verdict, decidedBy, decidedAt: now },
      condition: `${unchanged} AND #status = :inReview AND attribute_not_exists(decision) AND reviewBy > :now`,
      values: { ...seenValues(photo), ':inReview': 'IN_REVIEW', ':now': now },
    });
    const refused = verdict.decision === 'reject' ? refusedPictures(photo, verdict.reason) : [];
    const puts = refused.map((Item) => ({ Put: { TableName: this.#table, Item } }));
    return this.#write(new TransactWriteCommand({ TransactItems: [{ Update: update }, ...puts] }));
  }

  async #write(write: TransactWriteCommand): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#client.send(write);
        return true;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = error.CancellationReasons?.map(({ Code }) => Code);
        if (codes?.includes('ConditionalCheckFailed')) return false;
        // Two rangers at the same moment: neither is told to have lost before one has won.
        if (attempt === mostWrites || !codes?.includes('TransactionConflict')) throw error;
        await sleep(2 ** attempt * 10);
      }
    }
  }
}

/** One item for each band of the picture's hash, by which a workflow recognises the picture when it comes again. */
function refusedPictures({ photoId, placeId, details }: Decision['photo'], reason: RangerReason) {
  const hash = details?.perceptualHash;
  if (!hash) return [];
  const item: RefusedPictureItem = {
    entity: 'refusedPicture',
    photoId,
    placeId,
    perceptualHash: hash,
    reason,
  };
  return refusedKeys.bands(hash).map((PK) => ({ PK, SK: refusedKeys.position(hash, photoId), ...item }));
}
