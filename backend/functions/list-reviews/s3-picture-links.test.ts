import { S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { S3PictureLinks } from './s3-picture-links.ts';

it('signs a link to one object for so many seconds, and nothing about a body', async () => {
  const client = new S3Client({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const link = new URL(await new S3PictureLinks(client, 'uploads').sign('staged/a b.jpg', 900));
  expect(link.origin + link.pathname).toBe('https://uploads.s3.eu-central-1.amazonaws.com/staged/a%20b.jpg');
  expect(link.searchParams.get('X-Amz-Expires')).toBe('900');
  expect(link.searchParams.get('X-Amz-SignedHeaders')).toBe('host');
  expect(link.search).not.toMatch(/crc/);
});
