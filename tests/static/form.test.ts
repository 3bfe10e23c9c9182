import { expect, it } from 'vitest';
import { stacks } from '../../scripts/lib/stacks.ts';
import { type Rule, testRules } from './rules.ts';
import {
  asList,
  asMap,
  at,
  functionsOf,
  referent,
  resources,
  type Template,
  templates,
} from './templates.ts';

const backend = 'backend/template.yaml';
const v1 = 'workflows/templates/v1/template.yaml';
const constraints = ['AllowedPattern', 'AllowedValues', 'MinLength', 'MinValue'];

const parameters: Rule = ({ document }) =>
  Object.entries(asMap(document.Parameters)).flatMap(([name, parameter]) => [
    ...(at(parameter, 'Description') ? [] : [`${name} has no Description`]),
    ...(constraints.some((constraint) => at(parameter, constraint) !== undefined)
      ? []
      : [`${name} has none of ${constraints.join(', ')}`]),
  ]);

const outputs: Rule = ({ document }) =>
  Object.entries(asMap(document.Outputs))
    .filter(([, output]) => !at(output, 'Description'))
    .map(([name]) => `${name} has no Description`);

const retained = (template: Template) =>
  resources(template, 'AWS::Logs::LogGroup').filter(({ properties }) => properties.RetentionInDays);

const logs: Rule = (template) => {
  const groups = retained(template).map(({ id }) => id);
  const all = resources(template, 'AWS::Logs::LogGroup').map(({ id }) => id);
  const silent = functionsOf(template).filter(
    ({ properties }) => !groups.includes(referent(at(properties, 'LoggingConfig', 'LogGroup')) ?? ''),
  );
  const machines = resources(template, 'AWS::Serverless::StateMachine').filter(({ properties }) =>
    asList(at(properties, 'Logging', 'Destinations')).every(
      (destination) =>
        !groups.includes(referent(at(destination, 'CloudWatchLogsLogGroup', 'LogGroupArn')) ?? ''),
    ),
  );
  return [
    ...all.filter((id) => !groups.includes(id)).map((id) => `${id} keeps its logs for ever`),
    ...[...silent, ...machines].map(({ id }) => `${id} does not log to a group with retention`),
  ];
};

/** What esbuild is told for every function; a function may only keep more packages out of its bundle. */
const bundling = JSON.stringify({
  BuildMethod: 'esbuild',
  BuildProperties: {
    EntryPoints: ['index.ts'],
    Target: 'node24',
    Format: 'cjs',
    MainFields: 'module,main',
    Minify: true,
    KeepNames: true,
  },
});

const builds: Rule = (template) =>
  functionsOf(template).flatMap(({ id, body }) => {
    const { External: _, ...properties } = asMap(at(body, 'Metadata', 'BuildProperties'));
    const got = JSON.stringify({
      BuildMethod: at(body, 'Metadata', 'BuildMethod'),
      BuildProperties: properties,
    });
    return got === bundling ? [] : [`${id} is not bundled as the others: ${got}`];
  });

const physicalNames: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Serverless::Function': 'FunctionName',
  'AWS::Serverless::LayerVersion': 'LayerName',
  'AWS::Serverless::StateMachine': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
};

/** Physical names by which roles name a state machine; the comment beside each says whose roles these are. */
const agreed = /^happy-path-\$\{Stage\}-[a-z0-9-]+$/;
const isExplained = (text: string, name: string) =>
  text.split('\n').some((line) => line.includes(`Name: !Sub '${name}' # `));

// Two stacks of one template must fit into one account, and a replaced resource beside its successor.
const names: Rule = (template) =>
  resources(template).flatMap(({ id, type, properties }) => {
    const property = physicalNames[type];
    const given = property === undefined ? undefined : properties[property];
    if (given === undefined) return [];
    const name = String(at(given, 'Fn::Sub'));
    if (type !== 'AWS::Serverless::StateMachine' || !agreed.test(name)) {
      return [`${id} has the physical name ${property}`];
    }
    return isExplained(template.text, name) ? [] : [`${id} does not say beside its name who needs it`];
  });

const descriptions: Rule = (template) => [
  ...(template.document.Description ? [] : ['The template has no Description']),
  ...functionsOf(template)
    .filter(({ properties }) => !properties.Description)
    .map(({ id }) => `${id} has no Description`),
];

const runtimes: Rule = (template) =>
  functionsOf(template).flatMap(({ id, properties }) => [
    ...(properties.Runtime === 'nodejs24.x' ? [] : [`${id} runs on ${String(properties.Runtime)}`]),
    ...(asList(properties.Architectures)[0] === 'arm64' ? [] : [`${id} does not run on arm64`]),
    ...(properties.Tracing === 'Active' ? [] : [`${id} is not traced`]),
    ...(typeof properties.Timeout === 'number' ? [] : [`${id} has no Timeout`]),
    ...(at(properties, 'Environment', 'Variables', 'POWERTOOLS_SERVICE_NAME')
      ? []
      : [`${id} has no service name`]),
  ]);

testRules(
  {
    'describes and constrains each parameter': parameters,
    'describes each output': outputs,
    'describes itself and each function': descriptions,
    'keeps logs for a time that somebody chose': logs,
    'bundles each function the same way': builds,
    'runs each function the same way': runtimes,
    'leaves physical names to CloudFormation': names,
  },
  [
    {
      rule: 'describes and constrains each parameter',
      path: backend,
      from: "    AllowedPattern: '|https://.+'\n",
      to: '',
    },
    {
      rule: 'describes and constrains each parameter',
      path: v1,
      from: /Description: How long an exec.*/,
      to: '',
    },
    { rule: 'describes each output', path: backend, from: 'Description: Id of the REST API, ', to: '' },
    {
      rule: 'describes itself and each function',
      path: v1,
      from: 'Description: Makes the renditions of a photo\n',
      to: '\n',
    },
    {
      rule: 'keeps logs for a time that somebody chose',
      path: backend,
      from: ', RetentionInDays: !Ref LogDays',
      to: '',
    },
    {
      rule: 'keeps logs for a time that somebody chose',
      path: backend,
      from: ', LogGroup: !Ref Logs',
      to: '',
    },
    {
      rule: 'keeps logs for a time that somebody chose',
      path: v1,
      from: 'LogGroupArn: !GetAtt Logs.Arn',
      to: '',
    },
    {
      rule: 'bundles each function the same way',
      path: backend,
      from: 'KeepNames: true',
      to: 'KeepNames: false',
    },
    { rule: 'runs each function the same way', path: v1, from: 'Tracing: Active', to: '' },
    {
      rule: 'leaves physical names to CloudFormation',
      path: backend,
      from: 'SqsManagedSseEnabled: true',
      to: 'QueueName: mine',
    },
    { rule: 'leaves physical names to CloudFormation', path: v1, from: "'happy-path-", to: "'my-" },
    {
      rule: 'leaves physical names to CloudFormation',
      path: v1,
      from: " # the backend's roles name the workflows by this pattern",
      to: '',
    },
  ],
);

it('finds the templates of the stacks', () => {
  expect(templates.map(({ path }) => path)).toEqual(
    expect.arrayContaining([backend, v1, 'frontend/template.yaml']),
  );
});

// `npm test -- templates` has cfn-lint look at them, five seconds each: once is enough.
it('leaves no template out of what sam validate checks', () => {
  const checked = stacks.map(({ template }) => template);
  expect(templates.map(({ path }) => path).filter((path) => !checked.includes(path))).toEqual([]);
});
