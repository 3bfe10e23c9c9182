import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { location, placeType } from '#contracts/places.ts';
import { DynamoDbPlaceStore } from '../backend/stores/dynamodb-place-store.ts';
import { localClientConfig } from './lib/aws.ts';
import { runMain } from './lib/failure.ts';
import { type LocalOutputs, requireOutputs } from './lib/outputs.ts';
import { demoCafes, seedCafes } from './seed/cafes.ts';
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

/** How much of the demo's data is new. */
export interface Seeded {
  readonly places: number;
  readonly cafes: number;
}

/** Puts the demo's parks, trails and cafés into the tables; those that are there stay as they are. */
export async function seed(
  outputs: Pick<LocalOutputs, 'endpoint' | 'tableName' | 'userPoolId' | 'stacks'>,
): Promise<Seeded> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(localClientConfig(outputs.endpoint)));
  const store = new DynamoDbPlaceStore(client, outputs.tableName);
  const createdAt = new Date().toISOString();
  const created = await Promise.all(
    demoPlaces.map((place) => store.create({ entity: 'place', createdAt, ...place })),
  );
  client.destroy();
  const cafes = await seedCafes(outputs, demoPlace);
  return { places: created.filter(Boolean).length, cafes };
}

/** The demo's place of a number. */
function demoPlace(number: number) {
  const place = demoPlaces.find(({ placeId: id }) => id === placeId(number));
  if (!place) throw new Error(`Expected place ${number} in scripts/seed/places.json, got none`);
  return place;
}

if (import.meta.main) {
  runMain(async () => {
    const added = await seed(requireOutputs());
    console.log(
      `${added.places} of ${demoPlaces.length} places and ${added.cafes} of ${demoCafes.length} cafés that take orders added; the others were there.`,
    );
  });
}
