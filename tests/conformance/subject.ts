import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { ulid } from 'ulid';
import { eventRegistry } from '#contracts/events/index.ts';
import { objectKeys } from '#contracts/tables/keys.ts';
import { DynamoDbPhotoStore } from '../../backend/stores/dynamodb-photo-store.ts';
import { aws, outputs, ranger, stackOutput, web } from '../integration/app.ts';
import { asMap, type ValueMap } from '../static/templates.ts';
import { createPlace } from '../support/photos.ts';
import { goodPhoto } from '../support/pictures.ts';

/** The kinds of places that rules tell apart. */
export const placeKinds = ['park', 'cafe'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** A workflow version under test, as it is deployed. */
export interface Subject {
  readonly version: string;
  readonly machineArn: string;
  /** With the ARNs and names that stand in for the placeholders. */
  readonly definition: ValueMap;
  readonly places: Readonly<Record<PlaceKind, string>>;
}

/** Reads what is deployed of a version, and makes places for its photos. */
export async function subjectOf(version: string): Promise<Subject> {
  const machineArn = stackOutput(version, 'StateMachineArn');
  const { definition = '' } = await aws.sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn: machineArn }),
  );
  const staff = await ranger();
  const [park, cafe] = await Promise.all(
    placeKinds.map((type) => createPlace(web, staff, { type, name: `Test ${type} of ${version}` })),
  );
  const places = { park: park?.placeId ?? '', cafe: cafe?.placeId ?? '' };
  return { version, machineArn, definition: asMap(JSON.parse(definition)), places };
}

/** What is sent as a photo, and how. */
export interface Sending {
  /** @default a good photo that no other one looks like; `null` leaves the object out */
  readonly bytes?: Uint8Array | null;
  /** @default 'park' */
  readonly place?: PlaceKind;
  /** How often the event is sent, all at the same time. @default 1 */
  readonly events?: number;
}

/** The owner in the keys of these tests' objects; it is not the items', so the backend leaves the objects alone. */
const nobody = 'conformance';
const photos = new DynamoDbPhotoStore(aws.dynamodb, outputs.tableName);

/** Puts a photo's object and its item there as the backend leaves them, and tells the workflow; answers the photo's id. */
export async function send(
  subject: Subject,
  { bytes, place = 'park', events = 1 }: Sending = {},
): Promise<string> {
  const photoId = ulid();
  const key = objectKeys.upload(nobody, photoId);
  const Body = bytes === undefined ? await goodPhoto() : bytes;
  if (Body) await aws.s3.send(new PutObjectCommand({ Bucket: outputs.uploadBucket, Key: key, Body }));
  const now = new Date();
  const item = {
    entity: 'photo',
    photoId,
    placeId: subject.places[place],
    ownerId: `owner-of-${photoId}`,
    contentType: 'image/jpeg',
    size: Body?.length ?? 1,
    bucket: outputs.uploadBucket,
    key,
    etag: 'etag',
    status: 'UPLOADED',
    statusAt: now.toISOString(),
    createdAt: now.toISOString(),
    workflow: subject.version,
    attempts: 0,
  } as const;
  await photos.create(item, new Date(now.getTime() + 600_000).toISOString());
  if (events > 0) await tell(uploadedDetail(subject, photoId, place, item.size), events);
  return photoId;
}

/** The detail of `PhotoUploaded` as the backend sends it about a photo of these tests. */
export function uploadedDetail(subject: Subject, photoId: string, place: PlaceKind = 'park', size = 1) {
  return eventRegistry.PhotoUploaded.detail.parse({
    metadata: {
      schema: 'PhotoUploaded@1',
      journeyId: photoId,
      ownerId: `owner-of-${photoId}`,
      occurredAt: new Date().toISOString(),
    },
    data: {
      photoId,
      placeId: subject.places[place],
      workflow: subject.version,
      bucket: outputs.uploadBucket,
      key: objectKeys.upload(nobody, photoId),
      size,
      etag: 'etag',
    },
  });
}

/** Puts `PhotoUploaded` on the bus, as often as asked. */
export async function tell(detail: unknown, times = 1): Promise<void> {
  const { source, detailType } = eventRegistry.PhotoUploaded;
  const entry = {
    EventBusName: outputs.busName,
    Source: source,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
  };
  await aws.events.send(new PutEventsCommand({ Entries: Array(times).fill(entry) }));
}

/** Sends the event about a photo again. */
export const tellAgain = (subject: Subject, photoId: string, times = 1) =>
  tell(uploadedDetail(subject, photoId), times);
