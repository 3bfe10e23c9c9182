import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { hashBands } from '#contracts/tables/keys.ts';
import { DynamoDbPlaces, DynamoDbRefusedPictures, S3Previews } from './aws-adapters.ts';

const placeId = '01K0A1B2C3D4E5F6G7H8J9KMNQ';
type Input = Record<string, unknown>;

/** Makes a client answer without a network. */
function stub<Client extends { send: unknown }>(
  client: Client,
  answer: (input: Input) => object = () => ({}),
) {
  const sent: Input[] = [];
  client.send = async ({ input }: { input: Input }) => {
    sent.push(input);
    return answer(input);
  };
  return { client, sent };
}

const dynamodb = (answer?: (input: Input) => object) =>
  stub(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' })), answer);

describe('DynamoDbPlaces', () => {
  it('reads where a place is', async () => {
    const location = { lat: 37.7, lng: -119.6 };
    const { client, sent } = dynamodb(() => ({ Item: { name: 'Valley', location } }));
    expect(await new DynamoDbPlaces(client, 'table').locate(placeId)).toEqual(location);
    expect(sent).toEqual([{ TableName: 'table', Key: { PK: `PLACE#${placeId}`, SK: 'PLACE' } }]);
  });

  it('says so when there is no such place', async () => {
    const { client } = dynamodb();
    expect(await new DynamoDbPlaces(client, 'table').locate(placeId)).toBeUndefined();
  });
});

describe('DynamoDbRefusedPictures', () => {
  it('asks every band for all its pages', async () => {
    // Prepare
    const picture = { placeId, perceptualHash: '0011223344556677', reason: 'PEOPLE' };
    const { client, sent } = dynamodb(({ ExpressionAttributeValues, ExclusiveStartKey }) => {
      if (!JSON.stringify(ExpressionAttributeValues).includes('REFUSED#3#33')) return { Items: [] };
      return ExclusiveStartKey
        ? { Items: [{ ...picture, reason: 'OTHER' }] }
        : { Items: [picture], LastEvaluatedKey: { PK: 'x', SK: 'y' } };
    });

    // Act
    const found = await new DynamoDbRefusedPictures(client, 'table').candidates('0011223344556677');

    // Assess
    expect(found).toEqual([picture, { ...picture, reason: 'OTHER' }]);
    const bands = new Set(sent.map((input) => JSON.stringify(input.ExpressionAttributeValues)));
    expect(bands.size).toBe(hashBands);
    expect(sent).toHaveLength(hashBands + 1);
    expect(sent[0]).toMatchObject({
      TableName: 'table',
      KeyConditionExpression: 'PK = :band',
      ProjectionExpression: 'placeId, perceptualHash, reason',
    });
  });
});

describe('S3Previews', () => {
  it('writes a preview that no shared cache may keep', async () => {
    const { client, sent } = stub(new S3Client({ region: 'eu-central-1' }));
    const bytes = Buffer.from('jpeg');
    await new S3Previews(client, 'uploads').write('staged/photos/x/preview.jpg', {
      width: 1,
      height: 1,
      bytes,
    });
    expect(sent).toEqual([
      {
        Bucket: 'uploads',
        Key: 'staged/photos/x/preview.jpg',
        Body: bytes,
        ContentType: 'image/jpeg',
        CacheControl: expect.stringContaining('private'),
      },
    ]);
  });
});
