import { expect, it } from 'vitest';
import { type PolicyDocument, permissionsOf, policyDocument } from './mqtt-policy.ts';

const arn = 'arn:aws:iot:eu-west-1:000000000000';
const client = { region: 'eu-west-1', account: '000000000000', clientId: 'u.1-abc' };

function policy(...statements: { Effect: string; Action: string | string[]; Resource: string | string[] }[]) {
  return policyDocument.parse({ Version: '2012-10-17', Statement: statements });
}

function permissions(...documents: PolicyDocument[]) {
  return permissionsOf(documents, client);
}

it('refuses everything that no statement allows', () => {
  const may = permissions();
  expect([may.connect(), may.subscribe('a'), may.publish('a', false), may.receive('a')]).toEqual(
    Array(4).fill(false),
  );
});

it('keeps topic filters, topics and client ids apart', () => {
  // Prepare
  const may = permissions(
    policy({ Effect: 'Allow', Action: 'iot:Subscribe', Resource: `${arn}:topicfilter/p/*` }),
    policy({ Effect: 'Allow', Action: 'iot:Receive', Resource: `${arn}:topic/q` }),
    policy({ Effect: 'Allow', Action: 'iot:Connect', Resource: `${arn}:client/u?1-*` }),
  );

  // Assess
  expect(may.connect()).toBe(true);
  expect(may.subscribe('p/1')).toBe(true);
  expect(may.subscribe('q')).toBe(false);
  expect(may.receive('q')).toBe(true);
  expect(may.receive('p/1')).toBe(false);
  expect(may.publish('q', false)).toBe(false);
});

it('lets a Deny win over any Allow, in whatever document', () => {
  const may = permissions(
    policy({ Effect: 'Deny', Action: 'iot:Sub*', Resource: `${arn}:topicfilter/users/*` }),
    policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
  );
  expect(may.subscribe('users/1')).toBe(false);
  expect(may.subscribe('places/1')).toBe(true);
});

it("reads MQTT's wildcards as ordinary characters", () => {
  const may = permissions(
    policy({ Effect: 'Allow', Action: 'iot:Subscribe', Resource: `${arn}:topicfilter/places/+` }),
  );
  expect(may.subscribe('places/+')).toBe(true);
  expect(may.subscribe('places/1')).toBe(false);
  expect(may.subscribe('places/#')).toBe(false);
  expect(may.subscribe('#')).toBe(false);
});

it('matches other regions and accounts never, and dots only literally', () => {
  const may = permissions(
    policy({
      Effect: 'Allow',
      Action: 'iot:Connect',
      Resource: [
        'arn:aws:iot:us-east-1:000000000000:client/*',
        'arn:aws:iot:eu-west-1:111111111111:client/*',
        `${arn}:client/u.1`,
        `${arn}:client/u-1-abc`,
      ],
    }),
  );
  expect(may.connect()).toBe(false);
});

it('puts the client id in place of its policy variable as plain text', () => {
  const document = policy({
    Effect: 'Allow',
    Action: 'iot:Receive',
    Resource: `${arn}:topic/own/\${iot:ClientId}`,
  });
  expect(permissions(document).receive('own/u.1-abc')).toBe(true);
  expect(permissions(document).receive('own/ux1-abc')).toBe(false);
  expect(permissionsOf([document], { ...client, clientId: '*' }).receive('own/other')).toBe(false);
});

it('asks for a right of its own to leave a retained message', () => {
  const publish = { Effect: 'Allow', Action: 'iot:Publish', Resource: `${arn}:topic/a` };
  expect(permissions(policy(publish)).publish('a', false)).toBe(true);
  expect(permissions(policy(publish)).publish('a', true)).toBe(false);
  expect(
    permissions(policy({ ...publish, Action: ['iot:Publish', 'iot:RetainPublish'] })).publish('a', true),
  ).toBe(true);
});

it('reads a policy that comes as JSON text', () => {
  const text = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iot:*","Resource":"${arn}:topic/a"}}`;
  expect(permissions(policyDocument.parse(text)).receive('a')).toBe(true);
});

it.each([
  ['a condition', { Effect: 'Allow', Action: 'iot:Connect', Resource: '*', Condition: {} }],
  ['an exclusion', { Effect: 'Allow', NotAction: 'iot:Connect', Resource: '*' }],
  ['no resource', { Effect: 'Deny', Action: 'iot:Connect' }],
])('refuses a statement with %s, which it could not honour', (_, statement) => {
  expect(policyDocument.safeParse({ Version: '2012-10-17', Statement: [statement] }).success).toBe(false);
});

it.each(['not json', null, 5, '[]'])('refuses %s as a policy', (value) => {
  expect(policyDocument.safeParse(value).success).toBe(false);
});
