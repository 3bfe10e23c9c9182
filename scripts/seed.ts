import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { location, placeType } from '#contracts/places.ts';
import { DynamoDbPlaceStore } from '../backend/stores/dynamodb-place-store.ts';
import { localClientConfig } from './lib/aws.ts';
import { runMain } from './lib/failure.ts';
import { type LocalOutputs, requireOutputs } from './lib/outputs.ts';
import given from './seed/places.json' with { type: 'json' };

const places = z
  .array(
    z.object({
      number: z.int().positive(),
      type: placeType,
      name: z.string(),
      description: z.string(),
      location,
    }),
  )
  .parse(given);

/** Ids that stay the same, so that seeding twice adds nothing and links to a place keep working. */
const placeId = (number: number) => `01HAPPYPATH${String(number).padStart(15, '0')}`;

/** The places of the demo, with the ids that they have on every laptop. */
export const demoPlaces = places.map(({ number, ...place }) => ({ placeId: placeId(number), ...place }));

/** Puts the demo's parks, trails and cafés into the table; those that are there stay as they are. Answers how many are new. */
export async function seed({
  endpoint,
  tableName,
}: Pick<LocalOutputs, 'endpoint' | 'tableName'>): Promise<number> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(localClientConfig(endpoint)));
  const store = new DynamoDbPlaceStore(client, tableName);
  const createdAt = new Date().toISOString();
  const created = await Promise.all(
    demoPlaces.map((place) => store.create({ entity: 'place', createdAt, ...place })),
  );
  client.destroy();
  return created.filter(Boolean).length;
}

if (import.meta.main) {
  runMain(async () => {
    const added = await seed(requireOutputs());
    console.log(`${added} of ${demoPlaces.length} places added; the others were there.`);
  });
}
