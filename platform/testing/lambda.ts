import type { APIGatewayProxyEvent, Context, SQSEvent } from 'aws-lambda';
import { logger } from '#platform/logger.ts';

// What a function logs is asserted where it matters; it does not belong into the test's output. Each invocation
// would set the level back.
logger.setLogLevel('SILENT');
logger.refreshSampleRateCalculation = () => undefined;

/** The context of one invocation with a minute to go. */
export const lambdaContext: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:test',
  memoryLimitInMB: '256',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  logGroupName: '/aws/lambda/test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

const identity: APIGatewayProxyEvent['requestContext']['identity'] = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: '127.0.0.1',
  user: null,
  userAgent: null,
  userArn: null,
};

/** A request as API Gateway hands it to a function, after an authorizer that said `authorizer`. */
export const apiEvent = ({
  authorizer = {},
  ...changes
}: Partial<APIGatewayProxyEvent> & { authorizer?: Record<string, unknown> } = {}): APIGatewayProxyEvent => ({
  body: null,
  headers: {},
  multiValueHeaders: {},
  httpMethod: 'GET',
  isBase64Encoded: false,
  path: '/things',
  pathParameters: null,
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  stageVariables: null,
  resource: '/things',
  requestContext: {
    accountId: '000000000000',
    apiId: 'api',
    authorizer,
    protocol: 'HTTP/1.1',
    httpMethod: 'GET',
    identity,
    path: '/things',
    stage: 'api',
    requestId: 'request',
    requestTimeEpoch: 0,
    resourceId: 'things',
    resourcePath: '/things',
  },
  ...changes,
});

/** An SQS batch of these bodies; message ids are `0`, `1`, ... */
export const sqsEvent = (...bodies: readonly string[]): SQSEvent => ({
  Records: bodies.map((body, index) => ({
    messageId: String(index),
    receiptHandle: `handle-${index}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:queue',
    awsRegion: 'eu-central-1',
  })),
});
