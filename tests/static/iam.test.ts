import { isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { type Rule, testRules } from './rules.ts';
import {
  asList,
  asMap,
  at,
  functionsOf,
  isObject,
  type Resource,
  references,
  resources,
  strings,
  type Value,
  type ValueMap,
} from './templates.ts';

const backend = 'backend/template.yaml';
const v1 = 'workflows/templates/v1/template.yaml';

const hasComment = (lines: readonly string[], line: number) =>
  lines[line - 2]?.trim().startsWith('#') ?? false;

// Read from the text: the reason for a wildcard is a comment, and data has no comments.
const wildcards: Rule = ({ text }) => {
  const counter = new LineCounter();
  const lines = text.split('\n');
  const problems: string[] = [];
  visit(parseDocument(text, { logLevel: 'silent', lineCounter: counter }), {
    Map(_key, statement) {
      if (statement.get('Effect') !== 'Allow') return;
      for (const { key, value } of statement.items) {
        const name = isScalar(key) ? String(key.value) : '';
        if (!['Action', 'Resource', 'NotAction', 'NotResource'].includes(name)) continue;
        const values = isSeq(value) ? value.items : [value];
        const wide = values.some((one) => isScalar(one) && /^(\*|\w+:\*)$/.test(String(one.value)));
        const first = counter.linePos(statement.range?.[0] ?? 0).line;
        const own = counter.linePos((isScalar(key) && key.range?.[0]) || 0).line;
        if ((wide || name.startsWith('Not')) && !hasComment(lines, first) && !hasComment(lines, own)) {
          problems.push(`Line ${own}: ${name} is for all, and no comment right above says why`);
        }
      }
    },
  });
  return problems;
};

const principals = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

/** What a function or state machine may do; `undefined` in place of a policy that is not written out. */
const policies = ({ properties }: Resource) => asList(properties.Policies);
const statements = (resource: Resource): ValueMap[] =>
  policies(resource).flatMap((policy) => asList(at(policy, 'Statement')).map(asMap));

const managed: Rule = (template) =>
  resources(template).flatMap((resource) => [
    ...(principals.includes(resource.type) &&
    policies(resource).some((policy) => !isObject(policy) || !policy.Statement)
      ? [`${resource.id} has a policy that is not written out here`]
      : []),
    ...(resource.properties.ManagedPolicyArns ? [`${resource.id} has managed policies`] : []),
    ...(resource.properties.Role ? [`${resource.id} shares a role`] : []),
  ]);

const puts: Rule = (template) =>
  resources(template)
    .flatMap((resource) => statements(resource).map((statement) => ({ id: resource.id, statement })))
    .filter(({ statement }) =>
      asList(statement.Action).some((action) => /^events:(Put|\*)/.test(String(action))),
    )
    .filter(({ statement }) => {
      const conditions = Object.values(asMap(statement.Condition));
      const sources = conditions.map((condition) => at(condition, 'events:source'));
      return !sources.some((source) => typeof source === 'string' && /^happy-path\.[a-z0-9-]+$/.test(source));
    })
    .map(({ id }) => `${id} may put events under any source`);

const storage = [
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::Events::EventBus',
];

/** Rights on what a function has no setting for, because its input names it. */
const namedByInput: Readonly<Record<string, string>> = {
  'SweepPhotosFunction UploadBucket': "the photo's item names the bucket of its original",
  'RetryPhotoFunction UploadBucket': "the photo's item names the bucket of its original",
  'MakeRenditionsFunction upload-bucket': 'the event names the bucket of the original',
  'ModeratePhotoFunction upload-bucket': 'the input names the bucket of the picture',
  'DetectPeopleFunction upload-bucket': 'the input names the bucket of the picture',
};

/** What a value speaks of: resources of this template, and things of the backend by the stem of their parameter's name. */
function things(value: Value | undefined, known: readonly string[]): Set<string> {
  const parameters = strings(value).flatMap((text) =>
    [...text.matchAll(/resolve:ssm:[^}]*\}?\/backend\/([a-z-]+)-(?:name|arn)\}/g)].map(
      ([, stem]) => stem ?? '',
    ),
  );
  return new Set([...[...references(value)].filter((id) => known.includes(id)), ...parameters]);
}

const unused: Rule = (template) => {
  const known = resources(template)
    .filter(({ type }) => storage.includes(type))
    .map(({ id }) => id);
  return functionsOf(template).flatMap((resource) => {
    const { Policies: _, ...rest } = resource.properties;
    const used = things(rest, known);
    const granted = things(
      statements(resource).map(({ Resource }) => Resource ?? null),
      known,
    );
    return [...granted]
      .filter((thing) => !used.has(thing) && !namedByInput[`${resource.id} ${thing}`])
      .map(
        (thing) => `${resource.id} has rights on ${thing}, for which it has neither a setting nor an event`,
      );
  });
};

const sharpened: Rule = (template) =>
  resources(template).flatMap((resource) =>
    statements(resource)
      .filter((statement) => asList(statement.Action).some((action) => /\*/.test(String(action))))
      .map(() => `${resource.id} may do actions that are not named one by one`),
  );

testRules(
  {
    'says why where a right is on everything': wildcards,
    'names each action': sharpened,
    'writes out the policy of each function and state machine': managed,
    'lets events be put under the own source only': puts,
    'grants rights only on what is configured or heard': unused,
  },
  [
    {
      rule: 'says why where a right is on everything',
      path: v1,
      from: '            # CloudWatch Logs delivery has no resource-level permissions.\n',
      to: '',
    },
    {
      rule: 'says why where a right is on everything',
      path: backend,
      from: 'Action: [s3:ListBucket], Resource: [!GetAtt DistributionBucket.Arn, !GetAtt UploadBucket.Arn]',
      to: "Action: [s3:ListBucket], Resource: ['*']",
    },
    {
      rule: 'says why where a right is on everything',
      path: backend,
      from: 'Action: [s3:DeleteObject]',
      to: "Action: ['s3:*']",
    },
    { rule: 'names each action', path: backend, from: '[sqs:SendMessage]', to: "['sqs:Send*']" },
    {
      rule: 'writes out the policy of each function and state machine',
      path: backend,
      from: /Policies:\n/,
      to: 'Policies:\n        - AWSLambda_FullAccess\n',
    },
    {
      rule: 'lets events be put under the own source only',
      path: backend,
      from: /Condition: \{ [\w:]*StringEquals: \{ events:source: happy-path.backend \} \}/,
      to: '',
    },
    {
      rule: 'grants rights only on what is configured or heard',
      path: backend,
      from: '          BUS_NAME: !Ref Bus\n',
      to: '',
    },
    {
      rule: 'grants rights only on what is configured or heard',
      path: v1,
      from: /RENDITION_BUCKET: .*/,
      to: 'OTHER: x',
    },
  ],
);
