import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { RekognitionModeration, RekognitionPeople } from './rekognition.ts';
import { S3Pictures } from './s3-pictures.ts';

/** Plays AWS on a port of this machine: one answer for everything, and it remembers what it was asked. */
let answer = { status: 200, body: '{}' };
let asked: { target: string; path: string; body: string }[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const target = String(request.headers['x-amz-target']);
    asked.push({ target, path: request.url ?? '', body: Buffer.concat(parts).toString() });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' }).end(answer.body);
  });
});
const addressInfo = z.custom<AddressInfo>((value) => typeof value === 'object' && value !== null);
const picture = { bucket: 'uploads', key: 'staged/photos/1/share.jpg' };

const config = () => ({
  endpoint: `http://127.0.0.1:${addressInfo.parse(server.address()).port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  maxAttempts: 1,
});
const says = (body: unknown, status = 200) => {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
};

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));
beforeEach(() => {
  asked = [];
});

describe('RekognitionModeration', () => {
  const moderate = () => new RekognitionModeration(60, new RekognitionClient(config())).label(picture);

  it('sends a reference and the review threshold, no bytes', async () => {
    // Prepare
    says({ ModerationLabels: [] });

    // Act
    await moderate();

    // Assess
    const [{ target, body } = { target: '', body: '' }] = asked;
    expect(target).toBe('RekognitionService.DetectModerationLabels');
    expect(JSON.parse(body)).toEqual({
      Image: { S3Object: { Bucket: picture.bucket, Name: picture.key } },
      MinConfidence: 60,
    });
  });

  it('keeps top categories, some of them as mild, and leaves out what a café may show', async () => {
    // Prepare
    const top = (Name: string, Confidence: number) => ({
      Name,
      Confidence,
      ParentName: '',
      TaxonomyLevel: 1,
    });
    says({
      ModerationLabels: [
        top('Explicit', 91.25),
        { Name: 'Explicit Nudity', Confidence: 91.25, ParentName: 'Explicit', TaxonomyLevel: 2 },
        top('Swimwear or Underwear', 88),
        top('Alcohol', 99),
        top('Hate Symbols', 61),
      ],
    });

    // Act
    const findings = await moderate();

    // Assess
    expect(findings).toEqual([
      { name: 'Explicit', confidence: 91.25, mild: false },
      { name: 'Swimwear or Underwear', confidence: 88, mild: true },
      { name: 'Hate Symbols', confidence: 61, mild: false },
    ]);
  });

  it.each(['InvalidImageFormatException', 'InvalidParameterException'])(
    'leaves to a ranger what Rekognition does not look at: %s',
    async (name) => {
      says({ __type: name, message: 'too small' }, 400);
      expect(await moderate()).toEqual([{ name: 'Not Recognisable', confidence: 100, mild: true }]);
    },
  );

  it.each(['InvalidS3ObjectException', 'ImageTooLargeException'])('fails for good on %s', async (name) => {
    says({ __type: name, message: 'no' }, 400);
    await expect(moderate()).rejects.toMatchObject({ name: 'PictureMissing' });
  });

  it('lets out by its name what may pass', async () => {
    says({ __type: 'ProvisionedThroughputExceededException', message: 'slow down' }, 400);
    await expect(moderate()).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  });
});

describe('RekognitionPeople', () => {
  const detect = () => new RekognitionPeople(60, new RekognitionClient(config())).label(picture);

  it('asks for people only, by reference', async () => {
    // Prepare
    says({ Labels: [] });

    // Act
    const findings = await detect();

    // Assess
    const [{ target, body } = { target: '', body: '' }] = asked;
    expect(target).toBe('RekognitionService.DetectLabels');
    expect(JSON.parse(body)).toEqual({
      Image: { S3Object: { Bucket: picture.bucket, Name: picture.key } },
      MinConfidence: 60,
      Features: ['GENERAL_LABELS'],
      Settings: { GeneralLabels: { LabelInclusionFilters: ['Person'] } },
    });
    expect(findings).toEqual([]);
  });

  it('takes each person that was located for one finding', async () => {
    // Prepare
    says({
      Labels: [{ Name: 'Person', Confidence: 99, Instances: [{ Confidence: 97.5 }, { Confidence: 61 }] }],
    });

    // Act
    const findings = await detect();

    // Assess
    expect(findings).toEqual([
      { name: 'Person', confidence: 97.5 },
      { name: 'Person', confidence: 61 },
    ]);
  });

  it('takes a person who was not located for mild', async () => {
    says({ Labels: [{ Name: 'Person', Confidence: 95, Instances: [] }] });
    expect(await detect()).toEqual([{ name: 'Person', confidence: 95, mild: true }]);
  });
});

describe('S3Pictures', () => {
  const read = () => new S3Pictures(new S3Client({ ...config(), forcePathStyle: true })).read(picture);

  it('reads the bytes of a picture', async () => {
    // Prepare
    says('jpeg');

    // Act
    const bytes = await read();

    // Assess
    expect(Buffer.from(bytes).toString()).toBe('jpeg');
    expect(asked[0]?.path).toContain(`/${picture.bucket}/${picture.key}`);
  });

  it('fails for good when there is none, and does not tell its key', async () => {
    // Prepare
    says('<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>', 404);

    // Act
    const attempt = read();

    // Assess
    const error: unknown = await attempt.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PictureMissing' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(picture.key);
  });

  it('lets out by its name what may pass', async () => {
    says('<Error><Code>SlowDown</Code><Message>slow down</Message></Error>', 503);
    await expect(read()).rejects.toMatchObject({ name: 'SlowDown' });
  });
});
