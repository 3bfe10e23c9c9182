import { type Rule, testRules } from './rules.ts';
import {
  asList,
  asMap,
  at,
  find,
  functionsOf,
  type Resource,
  references,
  referent,
  resources,
  type Template,
  type Value,
  type ValueMap,
} from './templates.ts';

const backend = 'backend/template.yaml';
const v1 = 'workflows/templates/v1/template.yaml';

interface EventSource {
  readonly owner: Resource;
  readonly name: string;
  readonly type: string;
  readonly properties: ValueMap;
}

const eventSources = (template: Template): EventSource[] =>
  resources(template).flatMap((owner) =>
    Object.entries(asMap(owner.properties.Events)).map(([name, event]) => ({
      owner,
      name,
      type: String(at(event, 'Type')),
      properties: asMap(at(event, 'Properties')),
    })),
  );

const queues = (template: Template) => resources(template, 'AWS::SQS::Queue');
const isQueue = (template: Template, value: Value | undefined) =>
  queues(template).some(({ id }) => id === referent(value));

const consumed: Rule = (template) =>
  eventSources(template)
    .filter(({ type }) => type === 'SQS')
    .flatMap(({ owner, properties }) => {
      const queue = queues(template).find(({ id }) => id === referent(properties.Queue));
      if (!queue) return [`${owner.id} reads a queue that is not in this template`];
      const visible = Number(queue.properties.VisibilityTimeout ?? 30);
      const wanted = 6 * Number(owner.properties.Timeout);
      const reports = asList(properties.FunctionResponseTypes).includes('ReportBatchItemFailures');
      return [
        ...(isQueue(template, at(queue.properties, 'RedrivePolicy', 'deadLetterTargetArn'))
          ? []
          : [`${queue.id} has no dead-letter queue`]),
        ...(Number(at(queue.properties, 'RedrivePolicy', 'maxReceiveCount')) >= 3
          ? []
          : [`${queue.id} gives a message up before the third try`]),
        ...(visible >= wanted
          ? []
          : [`${queue.id} is visible again after ${visible} s, not after ${wanted} s`]),
        ...(reports ? [] : [`${owner.id} sends whole batches back`]),
      ];
    });

const ruleTargets = (template: Template) =>
  resources(template, 'AWS::Events::Rule').flatMap(({ id, properties }) =>
    asList(properties.Targets).map((target) => ({ id, target: asMap(target) })),
  );

const rules: Rule = (template) => [
  ...ruleTargets(template)
    .filter(({ target }) => !isQueue(template, at(target, 'DeadLetterConfig', 'Arn')))
    .map(({ id }) => `${id} has a target without a dead-letter queue`),
  ...eventSources(template)
    .filter(({ type }) => type === 'EventBridgeRule')
    .filter(({ properties }) => !isQueue(template, at(properties, 'DeadLetterConfig', 'Arn')))
    .map(({ owner, name }) => `${owner.id} ${name} has no dead-letter queue`),
];

const streams: Rule = (template) =>
  eventSources(template)
    .filter(({ type }) => type === 'DynamoDB' || type === 'Kinesis')
    .flatMap(({ owner, properties }) => [
      ...(isQueue(template, at(properties, 'DestinationConfig', 'OnFailure', 'Destination'))
        ? []
        : [`${owner.id} has no OnFailure queue for its stream`]),
      ...['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'BisectBatchOnFunctionError']
        .filter((property) => !properties[property])
        .map((property) => `${owner.id} has no ${property}, so a bad record blocks its shard for a day`),
    ]);

const schedules: Rule = (template) =>
  eventSources(template)
    .filter(({ type }) => /^Schedule(V2)?$/.test(type))
    .filter(({ properties }) => !isQueue(template, at(properties, 'DeadLetterConfig', 'Arn')))
    .map(({ owner, name }) => `${owner.id} ${name} has no dead-letter queue`);

// These services invoke without waiting: after Lambda's own retries the event is gone without a destination.
const asynchronous = ['Schedule', 'ScheduleV2', 'S3', 'SNS', 'EventBridgeRule', 'CloudWatchEvent', 'IoTRule'];

const invoked: Rule = (template) => {
  const targets = new Set(ruleTargets(template).map(({ target }) => referent(target.Arn)));
  return functionsOf(template)
    .filter(
      ({ id, properties }) =>
        targets.has(id) ||
        Object.values(asMap(properties.Events)).some((event) =>
          asynchronous.includes(String(at(event, 'Type'))),
        ),
    )
    .filter(
      ({ properties }) =>
        !isQueue(
          template,
          at(properties, 'EventInvokeConfig', 'DestinationConfig', 'OnFailure', 'Destination'),
        ),
    )
    .map(({ id }) => `${id} is invoked asynchronously and has no OnFailure queue`);
};

/** The queues that take what failed for good. */
const deadLetterQueues = (template: Template): string[] => {
  const values = [
    ...find(template.document, 'deadLetterTargetArn').map(({ found }) => found),
    ...find(template.document, 'DeadLetterConfig').map(({ found }) => at(found, 'Arn') ?? null),
    ...find(template.document, 'OnFailure').map(({ found }) => at(found, 'Destination') ?? null),
  ];
  return [...new Set(values.map(referent).filter((id) => id !== undefined))];
};

const alarms: Rule = (template) => {
  const watched = resources(template, 'AWS::CloudWatch::Alarm')
    .filter(
      ({ properties }) =>
        properties.MetricName === 'ApproximateNumberOfMessagesVisible' &&
        properties.ComparisonOperator === 'GreaterThanThreshold' &&
        properties.Threshold === 0,
    )
    .flatMap(({ properties }) =>
      asList(properties.Dimensions).map((dimension) => referent(at(dimension, 'Value'))),
    );
  return deadLetterQueues(template)
    .filter((id) => !watched.includes(id))
    .map((id) => `${id} has no alarm`);
};

const failures: Rule = (template) => {
  const watched = resources(template, 'AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties.MetricName === 'ExecutionsFailed')
    .flatMap(({ properties }) =>
      asList(properties.Dimensions).map((dimension) => referent(at(dimension, 'Value'))),
    );
  return resources(template, 'AWS::Serverless::StateMachine')
    .filter(({ id }) => !watched.includes(id))
    .map(({ id }) => `${id} has no alarm on failed executions`);
};

const kept: Rule = (template) =>
  queues(template)
    .filter(({ id }) => deadLetterQueues(template).includes(id))
    .filter(({ properties }) => properties.MessageRetentionPeriod !== 1_209_600)
    .map(({ id }) => `${id} does not keep its messages for 14 days, the longest`);

const policyStatements = (template: Template) =>
  resources(template, 'AWS::SQS::QueuePolicy').flatMap(({ id, properties }) =>
    asList(at(properties, 'PolicyDocument', 'Statement')).map((statement) => ({
      id,
      statement: asMap(statement),
      queues: [...references(properties.Queues)],
    })),
  );

const sources: Rule = (template) =>
  policyStatements(template)
    .filter(({ statement }) => statement.Effect === 'Allow')
    .filter(({ statement }) => {
      const keys = Object.values(asMap(statement.Condition)).flatMap((condition) =>
        Object.keys(asMap(condition)),
      );
      return !keys.some((key) => /^aws:Source(Arn|Account)$/i.test(key));
    })
    .map(
      ({ id }) =>
        `${id} lets a service send for anybody: it names neither aws:SourceArn nor aws:SourceAccount`,
    );

// The emulator delivers without it, AWS does not.
const allowed: Rule = (template) => {
  const open = policyStatements(template)
    .filter(({ statement }) => at(statement, 'Principal', 'Service') === 'events.amazonaws.com')
    .flatMap(({ statement, queues: ids }) => ids.filter((id) => references(statement.Resource).has(id)));
  const wanted = [
    ...ruleTargets(template).flatMap(({ target }) => [target.Arn, at(target, 'DeadLetterConfig', 'Arn')]),
    ...eventSources(template)
      .filter(({ type }) => type === 'EventBridgeRule')
      .map(({ properties }) => at(properties, 'DeadLetterConfig', 'Arn')),
  ];
  return [...new Set(wanted.filter((value) => isQueue(template, value)).map(referent))]
    .filter((id) => id !== undefined && !open.includes(id))
    .map((id) => `${id} does not let EventBridge send`);
};

testRules(
  {
    'gives each consumed queue time, tries and a dead-letter queue': consumed,
    'gives each target of a rule a dead-letter queue': rules,
    'gives each stream an end of its retries': streams,
    'gives each schedule a dead-letter queue': schedules,
    'gives each function that nobody waits for an OnFailure queue': invoked,
    'watches each dead-letter queue': alarms,
    'watches failed executions': failures,
    'keeps dead letters for as long as possible': kept,
    'names the source that may send to a queue': sources,
    'lets EventBridge send to the queues it needs': allowed,
  },
  [
    {
      rule: 'gives each consumed queue time, tries and a dead-letter queue',
      path: backend,
      from: /RedrivePolicy: .*/,
      to: '',
    },
    {
      rule: 'gives each consumed queue time, tries and a dead-letter queue',
      path: backend,
      from: 'VisibilityTimeout: 180',
      to: 'VisibilityTimeout: 179',
    },
    {
      rule: 'gives each consumed queue time, tries and a dead-letter queue',
      path: backend,
      from: 'FunctionResponseTypes: [ReportBatchItemFailures]',
      to: '',
    },
    {
      rule: 'gives each target of a rule a dead-letter queue',
      path: backend,
      from: 'DeadLetterConfig: { Arn: !GetAtt RecordJourneyDeadLetters.Arn }',
      to: '',
    },
    {
      rule: 'gives each target of a rule a dead-letter queue',
      path: v1,
      from: 'DeadLetterConfig: { Arn: !GetAtt StartDeadLetters.Arn }',
      to: '',
    },
    {
      rule: 'gives each stream an end of its retries',
      path: backend,
      from: 'DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt PublishChangesDeadLetters.Arn } }',
      to: '',
    },
    {
      rule: 'gives each stream an end of its retries',
      path: backend,
      from: 'MaximumRecordAgeInSeconds: 3600',
      to: '',
    },
    {
      rule: 'gives each schedule a dead-letter queue',
      path: backend,
      from: 'DeadLetterConfig: { Arn: !GetAtt SweepPhotosDeadLetters.Arn }',
      to: '',
    },
    {
      rule: 'gives each function that nobody waits for an OnFailure queue',
      path: backend,
      from: 'DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt SweepPhotosDeadLetters.Arn } }',
      to: '',
    },
    {
      rule: 'watches each dead-letter queue',
      path: backend,
      from: 'Value: !GetAtt UploadDeadLetters.QueueName',
      to: 'Value: !GetAtt UploadQueue.QueueName',
    },
    {
      rule: 'watches failed executions',
      path: v1,
      from: 'Value: !Ref PhotoWorkflow }]',
      to: 'Value: none }]',
    },
    {
      rule: 'keeps dead letters for as long as possible',
      path: backend,
      from: 'MessageRetentionPeriod: 1209600',
      to: 'MessageRetentionPeriod: 3600',
    },
    {
      rule: 'names the source that may send to a queue',
      path: backend,
      from: 'Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } }',
      to: '',
    },
    {
      rule: 'lets EventBridge send to the queues it needs',
      path: v1,
      from: 'Resource: !GetAtt StartDeadLetters.Arn',
      to: 'Resource: other',
    },
  ],
);
