import { describe, expect, it } from 'vitest';
import { type Machine, machines, type State, tasksOf } from './machines.ts';
import { asList, asMap, at, resources, type Value, type ValueMap } from './templates.ts';

/** What a machine needs for each integration: the action, and the argument that names what it acts on; objects are apart. */
const integrations: Readonly<Record<string, readonly [action: string, argument: string]>> = {
  'dynamodb:getItem': ['dynamodb:GetItem', 'TableName'],
  'dynamodb:putItem': ['dynamodb:PutItem', 'TableName'],
  'dynamodb:updateItem': ['dynamodb:UpdateItem', 'TableName'],
  'dynamodb:deleteItem': ['dynamodb:DeleteItem', 'TableName'],
  'lambda:invoke': ['lambda:InvokeFunction', 'FunctionName'],
  'sqs:sendMessage': ['sqs:SendMessage', 'QueueUrl'],
  'sns:publish': ['sns:Publish', 'TopicArn'],
  'events:putEvents': ['events:PutEvents', 'Entries'],
  'states:startExecution': ['states:StartExecution', 'StateMachineArn'],
};

/** One way to write a resource: the name and the ARN of a thing are the same thing. */
const thing = (value: Value | undefined) =>
  JSON.stringify(value ?? null)
    .replaceAll('/table-name}}', '/table-arn}}')
    .replaceAll('-name}}', '-arn}}');

/** Objects below a folder of a bucket that the backend names. */
const objects = (bucket: string, folder: string): Value => ({
  'Fn::Sub': `arn:\${AWS::Partition}:s3:::{{resolve:ssm:/happy-path/\${Stage}/backend/${bucket}-bucket-name}}/${folder}/*`,
});

/** Releasing a rendition reads it where it is staged, and writes it where everybody reads. */
const copying = [
  `s3:GetObject on ${thing(objects('upload', 'staged/photos'))}`,
  `s3:PutObject on ${thing(objects('distribution', 'photos'))}`,
];

/** The rights that a Task uses, as `action on resource`. */
function rightsOf({ name, state }: State, substitutions: ValueMap): readonly string[] {
  const service = String(state.Resource).replace(
    /^arn:aws:states:::(aws-sdk:(?=dynamodb))?|\.(waitForTaskToken|sync.*)$/g,
    '',
  );
  const argumentsOf = asMap(state.Arguments);
  if (service === 'aws-sdk:s3:copyObject') {
    expect(argumentsOf.Bucket, name).toBe(`\${DistributionBucketName}`);
    expect(argumentsOf.CopySource, name).toBe("{% $photo.bucket & '/staged/' & $states.input %}");
    return copying;
  }
  const known = integrations[service];
  if (!known) throw new Error(`${name}: expected an integration that this test knows, got ${service}`);
  const [action, argument] = known;
  const target = String(argumentsOf[argument]);
  const placeholder = /^\$\{(\w+)\}$/.exec(target)?.[1] ?? '';
  return [`${action} on ${thing(substitutions[placeholder] ?? target)}`];
}

/** The rights that the Tasks of a definition use. */
const needed = ({ text, substitutions }: Pick<Machine, 'text' | 'substitutions'>): Set<string> =>
  new Set(tasksOf(JSON.parse(text)).flatMap((task) => rightsOf(task, substitutions)));

/** The kinds of items that the Tasks of a definition touch, as the beginnings of their keys. */
const touched = ({ text }: Pick<Machine, 'text'>): Set<string> =>
  new Set(
    tasksOf(JSON.parse(text)).flatMap(({ state }) => {
      const key = at(state, 'Arguments', 'Key', 'PK', 'S');
      return typeof key === 'string' ? [/^\{% '([A-Z]+#)' & /.exec(key)?.[1] ?? key] : [];
    }),
  );

/** The rights that the template gives to the machine, those for delivering its logs left out. */
function given({ resource }: Pick<Machine, 'resource'>): Set<string> {
  const statements = asList(resource.properties.Policies).flatMap((policy) =>
    asList(at(policy, 'Statement')),
  );
  const rights = statements.flatMap((statement) =>
    asList(at(statement, 'Action'))
      .map(String)
      .filter((action) => !action.startsWith('logs:'))
      .flatMap((action) =>
        asList(at(statement, 'Resource')).map((target) => `${action} on ${thing(target)}`),
      ),
  );
  return new Set(rights);
}

describe.each(machines.map((machine) => ({ ...machine, id: machine.resource.id })))(
  '$template.path $id',
  (machine) => {
    it('may do what its definition does and nothing else', () => {
      expect(given(machine)).toEqual(needed(machine));
    });

    it('may touch the kinds of items that it does touch and no others', () => {
      const allowed = asList(machine.resource.properties.Policies)
        .flatMap((policy) => asList(at(policy, 'Statement')))
        .filter((statement) =>
          asList(at(statement, 'Action')).some((action) => /^dynamodb:/.test(String(action))),
        )
        .map((statement) => at(statement, 'Condition', 'ForAllValues:StringLike', 'dynamodb:LeadingKeys'));
      expect(allowed).not.toContain(undefined);
      expect(new Set(allowed.flatMap(asList))).toEqual(
        new Set([...touched(machine)].map((key) => `${key}*`)),
      );
    });

    it('would be noticed to lack a right, and to have one too many', () => {
      const [policy] = asList(machine.resource.properties.Policies);
      const [first, ...others] = asList(at(policy, 'Statement'));
      const having = (Statement: readonly Value[]) => ({
        ...machine,
        resource: { ...machine.resource, properties: { Policies: [{ Statement }] } },
      });
      const more = { ...asMap(first), Action: 'dynamodb:DeleteItem' };
      expect(given(having(others))).not.toEqual(needed(machine));
      expect(given(having([first ?? null, ...others, more]))).not.toEqual(needed(machine));
    });

    it('is started by the event of its own version only, and says where it stands', () => {
      const version = /statemachines\/(\w+)\.asl\.json$/.exec(machine.path)?.[1] ?? '';
      const patterns = Object.values(asMap(machine.resource.properties.Events)).map((event) =>
        at(event, 'Properties', 'Pattern', 'detail', 'data', 'workflow'),
      );
      const registered = resources(machine.template, 'AWS::SSM::Parameter').map(({ properties }) =>
        at(properties.Name, 'Fn::Sub'),
      );
      const written = tasksOf(JSON.parse(machine.text)).map(({ state }) =>
        at(state, 'Arguments', 'ExpressionAttributeValues', ':workflow', 'S'),
      );
      expect(patterns).toEqual([[version]]);
      expect(registered).toContain(`/happy-path/\${Stage}/workflows/${version}`);
      expect(new Set(written.filter((value) => value !== undefined))).toEqual(new Set([version]));
    });
  },
);
