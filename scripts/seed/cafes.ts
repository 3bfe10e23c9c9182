import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Menu, type Modifier, menu, timeZone } from '#contracts/orders.ts';
import { DynamoDbCafeStore } from '../../workflows/orders/stores/cafe-store.ts';
import { localClientConfig } from '../lib/aws.ts';
import type { LocalOutputs } from '../lib/outputs.ts';
import given from './cafes.json' with { type: 'json' };

const option = (id: string, name: string, cents = 0) => ({ id, name, cents });

/** What may be asked about the demo's drinks. */
const questions = {
  sizes: {
    id: 'size',
    name: 'Size',
    options: [option('small', 'Small'), option('medium', 'Medium', 60), option('large', 'Large', 110)],
  },
  milk: {
    id: 'milk',
    name: 'Milk',
    options: [
      option('whole', 'Whole milk'),
      option('skim', 'Skim milk'),
      option('oat', 'Oat milk', 80),
      option('almond', 'Almond milk', 80),
    ],
  },
  iced: { id: 'served', name: 'Served', options: [option('hot', 'Hot'), option('iced', 'Iced', 25)] },
  shots: {
    id: 'shots',
    name: 'Extra shot',
    options: [option('none', 'No extra shot'), option('one', 'One extra shot', 95)],
  },
  cream: {
    id: 'topping',
    name: 'Topping',
    options: [option('none', 'No topping'), option('cream', 'Whipped cream', 50)],
  },
  sweet: {
    id: 'sweetener',
    name: 'Sweetener',
    options: [option('none', 'Unsweetened'), option('sugar', 'Cane sugar'), option('honey', 'Honey', 30)],
  },
} satisfies Record<string, Modifier>;
const asked = [
  'sizes',
  'milk',
  'iced',
  'shots',
  'cream',
  'sweet',
] as const satisfies readonly (keyof typeof questions)[];

const flag = z.boolean().default(false);
const seededCafe = z.object({
  number: z.int().positive(),
  timeZone,
  staff: z.array(z.string()),
  menu: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      cents: z.int(),
      sizes: flag,
      milk: flag,
      iced: flag,
      shots: flag,
      cream: flag,
      sweet: flag,
    }),
  ),
});

/** The demo's cafés that take orders, by the numbers of their places; `staff` are e-mail addresses. */
export const demoCafes = z
  .array(seededCafe)
  .parse(given)
  .map((cafe) => ({ ...cafe, menu: menuOf(cafe.menu) }));

function menuOf(items: z.infer<typeof seededCafe>['menu']): Menu {
  const full = items.map(({ id, name, cents, ...flags }) => ({
    id,
    name,
    cents,
    available: true,
    modifiers: asked.filter((question) => flags[question]).map((question) => questions[question]),
  }));
  return menu.parse(full);
}

interface Place {
  readonly placeId: string;
  readonly name: string;
}

/**
 * Sets the demo's cafés up, open and with their baristas; those that are there stay as they are. Answers how many are
 * new: none where the café orders are not deployed.
 */
export async function seedCafes(
  { endpoint, userPoolId, stacks }: Pick<LocalOutputs, 'endpoint' | 'userPoolId' | 'stacks'>,
  placeOf: (number: number) => Place,
): Promise<number> {
  const tableName = stacks.orders?.TableName;
  if (!tableName) return 0;
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(localClientConfig(endpoint)));
  const cognito = new CognitoIdentityProviderClient(localClientConfig(endpoint));
  const store = new DynamoDbCafeStore(dynamodb, tableName);
  const created = await Promise.all(
    demoCafes.map(async ({ number, timeZone: zone, staff, menu: drinks }) => {
      const { placeId, name } = placeOf(number);
      const people = await Promise.all(staff.map((email) => userIdOf(cognito, userPoolId, email)));
      return store.replace({
        entity: 'cafe',
        cafeId: placeId,
        name,
        isOpen: true,
        capacity: 20,
        currency: 'USD',
        timeZone: zone,
        menu: drinks,
        staff: people.flat(),
        revision: 1,
        changedAt: new Date().toISOString(),
      });
    }),
  );
  cognito.destroy();
  dynamodb.destroy();
  return created.filter(Boolean).length;
}

/** A demo user may have been removed from the pool; the café opens without. */
async function userIdOf(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  Username: string,
): Promise<string[]> {
  try {
    const { UserAttributes = [] } = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
    return UserAttributes.flatMap(({ Name, Value }) => (Name === 'sub' && Value ? [Value] : []));
  } catch (error) {
    if (error instanceof UserNotFoundException) return [];
    throw error;
  }
}
