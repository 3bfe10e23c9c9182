import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import geohash from 'ngeohash';
import type { PlaceType } from '#contracts/places.ts';
import { type PlaceItem, placeItem } from '#contracts/tables/items.ts';
import { indexes, placeKeys, sortableName } from '#contracts/tables/keys.ts';
import { whenConditionHolds } from '#platform/conditional-write.ts';
import type { Page, PageRequest } from '#platform/paging.ts';
import type { Box, PlaceStore } from './place-store.ts';

/** How many geohash cells one search may ask for; the cells are as small as that allows. */
const maxCells = 16;
const highest = '\u{10ffff}';

/** Places in DynamoDB, found by geohash cell and by name. */
export class DynamoDbPlaceStore implements PlaceStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(placeId: string): Promise<PlaceItem | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: placeKeys.primary(placeId) }),
    );
    return Item && placeItem.parse(Item);
  }

  create(place: PlaceItem): Promise<boolean> {
    const { placeId, type, name, location } = place;
    const write = new PutCommand({
      TableName: this.#table,
      Item: {
        ...placeKeys.primary(placeId),
        GSI1PK: placeKeys.cell(placeKeys.geohash(location)),
        GSI1SK: placeKeys.located(location, placeId),
        GSI2PK: placeKeys.type(type),
        GSI2SK: placeKeys.named(name, placeId),
        ...place,
      },
      ConditionExpression: 'attribute_not_exists(PK)',
    });
    return whenConditionHolds(this.#client.send(write));
  }

  async within(box: Box, limit: number): Promise<readonly PlaceItem[]> {
    const found = await Promise.all(cells(box).map((cell) => this.#cell(cell, limit)));
    return found.flat();
  }

  async directory(
    types: readonly PlaceType[],
    { limit, after = '' }: PageRequest,
    prefix = '',
  ): Promise<Page<PlaceItem>> {
    const start = sortableName(prefix);
    const found = await Promise.all(
      types.map((type) =>
        this.#query(
          indexes.directory,
          placeKeys.type(type),
          // One character behind the last one seen: BETWEEN includes its ends.
          [after > start ? `${after}\u0000` : start || '\u0000', `${start}${highest}`],
          limit + 1,
        ),
      ),
    );
    const named = (place: PlaceItem) => placeKeys.named(place.name, place.placeId);
    const sorted = found.flat().sort((a, b) => Buffer.compare(Buffer.from(named(a)), Buffer.from(named(b))));
    const items = sorted.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(sorted.length > limit && last && { last: named(last) }) };
  }

  #cell(cell: string, limit: number): Promise<readonly PlaceItem[]> {
    return this.#query(indexes.listing, placeKeys.cell(cell), [cell, `${cell}${highest}`], limit);
  }

  async #query(
    index: 'GSI1' | 'GSI2',
    partition: string,
    [from, to]: readonly [string, string],
    limit: number,
  ) {
    // A made-up cursor may lie behind the end; DynamoDB refuses a range that runs backwards.
    if (Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0) return [];
    const places: PlaceItem[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          IndexName: index,
          KeyConditionExpression: `${index}PK = :partition AND ${index}SK BETWEEN :from AND :to`,
          ExpressionAttributeValues: { ':partition': partition, ':from': from, ':to': to },
          ExclusiveStartKey: start,
          Limit: limit - places.length,
        }),
      );
      places.push(...Items.map((item) => placeItem.parse(item)));
      start = LastEvaluatedKey;
      // A page ends at 1 MB, too.
    } while (start && places.length < limit);
    return places;
  }
}

/** The geohash cells that cover a box, as fine as `maxCells` allows. */
export function cells({ south, west, north, east }: Box): readonly string[] {
  const parts =
    west <= east
      ? [[west, east]]
      : [
          [west, 180],
          [-180, east],
        ];
  const at = (precision: number) => [
    ...new Set(parts.flatMap(([from = -180, to = 180]) => geohash.bboxes(south, from, north, to, precision))),
  ];
  for (const precision of [6, 5, 4, 3, 2]) {
    // The count is estimated first: a wide box has millions of fine cells.
    if (estimatedCells({ south, west, north, east }, precision) > maxCells * 4) continue;
    const covering = at(precision);
    if (covering.length <= maxCells) return covering;
  }
  return at(1);
}

function estimatedCells({ south, west, north, east }: Box, precision: number): number {
  const bits = precision * 5;
  const height = 180 / 2 ** Math.floor(bits / 2);
  const width = 360 / 2 ** Math.ceil(bits / 2);
  const span = west <= east ? east - west : 360 - west + east;
  return ((north - south) / height + 1) * (span / width + 1);
}
