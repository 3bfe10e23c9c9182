import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Location, location } from '#contracts/places.ts';
import { refusedPictureItem } from '#contracts/tables/items.ts';
import { placeKeys, refusedKeys } from '#contracts/tables/keys.ts';
import type { Preview } from '../../imaging/render.ts';
import type { RefusedPicture } from './inspect-photo.ts';

const locatedPlace = z.object({ location });
const refusedPicture = refusedPictureItem.pick({ placeId: true, perceptualHash: true, reason: true });

/** Reads where places are from the application table. */
export class DynamoDbPlaces {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async locate(placeId: string): Promise<Location | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: placeKeys.primary(placeId) }),
    );
    return Item && locatedPlace.parse(Item).location;
  }
}

/** Looks refused pictures up in the application table by the bands of their hash. */
export class DynamoDbRefusedPictures {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async candidates(perceptualHash: string): Promise<RefusedPicture[]> {
    const bands = refusedKeys.bands(perceptualHash).map((band) => this.#band(band));
    return (await Promise.all(bands)).flat();
  }

  async #band(band: string): Promise<RefusedPicture[]> {
    const pages = paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        KeyConditionExpression: 'PK = :band',
        ExpressionAttributeValues: { ':band': band },
        ProjectionExpression: 'placeId, perceptualHash, reason',
      },
    );
    const found: RefusedPicture[] = [];
    for await (const { Items = [] } of pages) found.push(...Items.map((item) => refusedPicture.parse(item)));
    return found;
  }
}

/** Writes previews beside the originals, where only the staff may see them. */
export class S3Previews {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async write(key: string, { bytes }: Preview): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: bytes,
        ContentType: 'image/jpeg',
        CacheControl: 'private, max-age=900',
      }),
    );
  }
}
