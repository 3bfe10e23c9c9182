import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceType } from '#contracts/places.ts';
import { topics } from '#contracts/topics.ts';
import { callApi } from '../../tests/support/api.ts';
import { awsClients } from '../../tests/support/aws.ts';
import { listen } from '../../tests/support/listener.ts';
import { readPhoto, upload } from '../../tests/support/photos.ts';
import { decide } from '../../tests/support/swap.ts';
import { newUser } from '../../tests/support/users.ts';
import type { LocalOutputs } from '../lib/outputs.ts';
import { activate } from '../lib/workflow/decisions.ts';
import { demoPlaces } from '../seed.ts';
import { cafeMinute, order } from './cafe.ts';

/** Something that people do, once for each index; the first ones are not counted. */
export type Once = (index: number) => Promise<void>;

/** What is measured under a name. */
export interface Scenario {
  readonly name: string;
  prepare(outputs: LocalOutputs, samples: string): Promise<Once>;
}

const place = (type: PlaceType) => demoPlaces.find((one) => one.type === type)?.placeId ?? '';

/** A photo from the form to the message that it is published, and the app's look at it then. */
function photo(name: string, workflow: string, type: PlaceType): Scenario {
  const prepare = async (outputs: LocalOutputs, folder: string): Promise<Once> => {
    const aws = awsClients(outputs.endpoint);
    await decide({ outputs, aws }, (routing) => activate(routing, workflow, undefined));
    const files = readdirSync(folder).filter((file) => file.endsWith('.jpg'));
    const user = await newUser(aws, outputs);
    const listener = await listen(outputs.mqttUrl, outputs.stacks.backend?.TopicPrefix ?? '', user.token);
    await listener.subscribe(topics.user(user.userId));
    return async (index) => {
      const bytes = readFileSync(join(folder, files[index % files.length] ?? ''));
      const photoId = await upload(outputs.frontends.visitor, user, place(type), bytes);
      await listener.hears('PhotoPublished', photoId);
      await readPhoto(outputs.frontends.visitor, user, photoId);
    };
  };
  return { name, prepare };
}

/** A guest opens the map, looks at three places and at the photos of each. */
const visit: Scenario = {
  name: 'visit',
  prepare: async ({ frontends: { visitor } }) => {
    const read = async (path: string) => {
      const { status } = await callApi(visitor, 'GET', path);
      if (status !== 200) throw new Error(`Expected ${path} to be answered with 200, got ${status}`);
    };
    return async () => {
      await read('/places?near=37.74,-119.58&radius=50000');
      for (const { placeId } of demoPlaces.slice(0, 3)) {
        await read(`/places/${placeId}`);
        await read(`/places/${placeId}/photos?limit=24`);
      }
    };
  },
};

/** Everything that is measured, in the order of the run. */
export const scenarios: readonly Scenario[] = [
  photo('photo v1', 'v1', 'park'),
  photo('photo v2', 'v2', 'park'),
  photo('photo v3', 'v3', 'park'),
  photo('photo v4, park', 'v4', 'park'),
  photo('photo v4, café', 'v4', 'cafe'),
  visit,
  order,
  cafeMinute,
];
