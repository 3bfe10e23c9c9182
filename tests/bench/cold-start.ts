// Runs one bundle cold in this process, which loads nothing else before it: `node cold-start.ts <bundle>`.
import { createRequire } from 'node:module';

const id = '01HAPPYPATH000000000000001';

/** One event that every kind of handler can answer: nobody's photo, no records, no token. */
const event = {
  type: 'REQUEST',
  methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api/api/GET/places',
  httpMethod: 'GET',
  resource: '/bench',
  path: '/bench',
  headers: {},
  queryStringParameters: null,
  pathParameters: { placeId: id, photoId: id, journeyId: id },
  requestContext: { authorizer: { userId: 'bench', groups: '["rangers"]' } },
  photoId: id,
  bucket: process.env.UPLOAD_BUCKET ?? 'bench',
  key: `uploads/bench/${id}`,
  Records: [],
};
const context = {
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  awsRequestId: id,
  getRemainingTimeInMillis: () => 30_000,
};

const [bundle = ''] = process.argv.slice(2);
const started = performance.now();
const { handler } = createRequire(import.meta.url)(bundle);
const loaded = performance.now();
// An answer or an error: both show what the first call costs.
await Promise.resolve(handler(event, context)).catch(() => undefined);
const answered = performance.now();
process.stdout.write(`\n${JSON.stringify({ initMs: loaded - started, firstMs: answered - loaded })}\n`);
