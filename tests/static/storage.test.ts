import { type Rule, testRules } from './rules.ts';
import { asList, asMap, at, referent, resources } from './templates.ts';

const backend = 'backend/template.yaml';
const edge = 'frontend/template.yaml';

const blocks = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

const closed: Rule = (template) =>
  resources(template, 'AWS::S3::Bucket').flatMap(({ id, properties }) => [
    ...blocks
      .filter((block) => at(properties, 'PublicAccessBlockConfiguration', block) !== true)
      .map((block) => `${id} lacks ${block}`),
    ...(asList(at(properties, 'OwnershipControls', 'Rules')).some(
      (rule) => at(rule, 'ObjectOwnership') === 'BucketOwnerEnforced',
    )
      ? []
      : [`${id} does not enforce its owner`]),
    ...(properties.AccessControl ? [`${id} has an ACL`] : []),
  ]);

const tls: Rule = (template) => {
  const enforced = resources(template, 'AWS::S3::BucketPolicy')
    .filter(({ properties }) =>
      asList(at(properties, 'PolicyDocument', 'Statement')).some(
        (statement) =>
          at(statement, 'Effect') === 'Deny' &&
          at(statement, 'Principal') === '*' &&
          at(statement, 'Action') === 's3:*' &&
          asList(at(statement, 'Resource')).length === 2 &&
          String(at(statement, 'Condition', 'Bool', 'aws:SecureTransport')) === 'false',
      ),
    )
    .map(({ properties }) => referent(properties.Bucket));
  return resources(template, 'AWS::S3::Bucket')
    .filter(({ id }) => !enforced.includes(id))
    .map(({ id }) => `${id} answers without TLS`);
};

const encrypted: Rule = (template) => [
  ...resources(template, 'AWS::S3::Bucket')
    .filter(({ properties }) => !at(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration'))
    .map(({ id }) => `${id} does not say how it encrypts`),
  ...resources(template, 'AWS::DynamoDB::Table')
    .filter(({ properties }) => at(properties, 'SSESpecification', 'SSEEnabled') !== true)
    .map(({ id }) => `${id} is not encrypted with a KMS key`),
  ...resources(template, 'AWS::SQS::Queue')
    .filter(({ properties }) => properties.SqsManagedSseEnabled !== true && !properties.KmsMasterKeyId)
    .map(({ id }) => `${id} is not encrypted`),
  ...resources(template, 'AWS::SNS::Topic')
    .filter(({ properties }) => properties.KmsMasterKeyId === 'alias/aws/sns')
    .map(({ id }) => `${id} cannot hear alarms: CloudWatch may not use the account's default key`),
];

const cleaned: Rule = (template) =>
  resources(template, 'AWS::S3::Bucket').flatMap(({ id, properties }) => {
    const rules = asList(at(properties, 'LifecycleConfiguration', 'Rules')).filter(
      (rule) => at(rule, 'Status') === 'Enabled',
    );
    return rules.some((rule) => at(rule, 'AbortIncompleteMultipartUpload', 'DaysAfterInitiation'))
      ? []
      : [`${id} keeps the parts of uploads that were never finished`];
  });

const originals: Rule = (template) =>
  resources(template, 'AWS::S3::Bucket')
    .filter(({ id }) => id === 'UploadBucket')
    .filter(
      ({ properties }) =>
        !asList(at(properties, 'LifecycleConfiguration', 'Rules')).some((rule) =>
          at(rule, 'ExpirationInDays'),
        ),
    )
    .map(({ id }) => `${id} keeps originals, with their metadata, for ever`);

/** Tables whose loss costs nothing: everything in them is made again, or is of use for a day. */
const passing = ['IdempotencyTable'];

const tables: Rule = (template) =>
  resources(template, 'AWS::DynamoDB::Table').flatMap(({ id, properties }) => [
    ...(properties.BillingMode === 'PAY_PER_REQUEST' ? [] : [`${id} is not on demand`]),
    ...(at(properties, 'TimeToLiveSpecification', 'Enabled') === true ? [] : [`${id} forgets nothing`]),
    ...(passing.includes(id)
      ? []
      : [
          ...(at(properties, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true
            ? []
            : [`${id} cannot be taken back to a point in time`]),
          ...(at(properties, 'StreamSpecification', 'StreamViewType') === 'NEW_AND_OLD_IMAGES'
            ? []
            : [`${id} does not tell its changes`]),
          ...(properties.DeletionProtectionEnabled ? [] : [`${id} has no deletion protection`]),
        ]),
    ...undefinedKeys(asMap(properties)).map((name) => `${id} has a key ${name} that is not an attribute`),
  ]);

function undefinedKeys(properties: ReturnType<typeof asMap>): string[] {
  const attributes = asList(properties.AttributeDefinitions).map((one) => at(one, 'AttributeName'));
  const schemas = [properties, ...asList(properties.GlobalSecondaryIndexes)].flatMap((one) =>
    asList(at(one, 'KeySchema')),
  );
  return schemas
    .map((key) => at(key, 'AttributeName'))
    .filter((name) => !attributes.includes(name ?? null))
    .map(String);
}

testRules(
  {
    'closes each bucket to the public': closed,
    'answers over TLS only': tls,
    'encrypts what it stores': encrypted,
    'cleans each bucket': cleaned,
    'deletes originals': originals,
    'protects each table': tables,
  },
  [
    {
      rule: 'closes each bucket to the public',
      path: backend,
      from: 'RestrictPublicBuckets: true',
      to: 'RestrictPublicBuckets: false',
    },
    { rule: 'closes each bucket to the public', path: edge, from: 'BucketOwnerEnforced', to: 'ObjectWriter' },
    {
      rule: 'answers over TLS only',
      path: backend,
      from: 'Condition: { Bool: { aws:SecureTransport: false } }',
      to: '',
    },
    { rule: 'answers over TLS only', path: edge, from: 'Effect: Deny', to: 'Effect: Allow' },
    { rule: 'encrypts what it stores', path: backend, from: /BucketEncryption:\n.*/, to: 'X: x' },
    {
      rule: 'encrypts what it stores',
      path: backend,
      from: 'SSESpecification: { SSEEnabled: true }',
      to: '',
    },
    {
      rule: 'encrypts what it stores',
      path: backend,
      from: 'SqsManagedSseEnabled: true',
      to: 'DelaySeconds: 0',
    },
    {
      rule: 'encrypts what it stores',
      path: backend,
      from: 'Type: AWS::SNS::Topic',
      to: 'Type: AWS::SNS::Topic\n    Properties: { KmsMasterKeyId: alias/aws/sns }',
    },
    {
      rule: 'cleans each bucket',
      path: backend,
      from: 'AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }',
      to: '',
    },
    { rule: 'deletes originals', path: backend, from: 'ExpirationInDays: !Ref OriginalDays', to: '' },
    {
      rule: 'protects each table',
      path: backend,
      from: 'PointInTimeRecoveryEnabled: true',
      to: 'PointInTimeRecoveryEnabled: false',
    },
    {
      rule: 'protects each table',
      path: backend,
      from: 'AttributeName: GSI3SK, AttributeType',
      to: 'AttributeName: GSI3SX, AttributeType',
    },
  ],
);
