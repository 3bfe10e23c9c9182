import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isPhotoWorkflow,
  type Machine,
  machine,
  machines,
  photoMachines,
  type State,
  tasksOf,
} from './machines.ts';
import { asList, asMap, at, find, functionsOf, resources, type Value } from './templates.ts';

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

/** A transaction needs the right for each thing that it does; the names of its parts are those of the actions. */
const transaction: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

/** Whose callbacks a machine answers: a token does not say it, so the template names the machine that waits. */
const waitingMachines: Readonly<Record<string, Value>> = {
  'order-manager': machineNamed('order-processor'),
};

/** A state machine by the name that it has. */
function machineNamed(name: string): Value {
  const arn = `arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:happy-path-\${Stage}-${name}`;
  return { 'Fn::Sub': arn };
}

/** One way to write a resource: the name and the ARN of a thing are the same thing. */
const thing = (value: Value | undefined) =>
  JSON.stringify(value ?? null)
    .replace(/^\{"Fn::GetAtt":\["(\w+)","Arn"\]\}$/, '{"Ref":"$1"}')
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

type Defined = Pick<Machine, 'path' | 'text' | 'substitutions'>;

/** The rights that a Task uses, as `action on resource`. */
function rightsOf({ name, state }: State, { path, substitutions }: Defined): readonly string[] {
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
  const resolved = (target: Value | undefined) =>
    thing(substitutions[/^\$\{(\w+)\}$/.exec(String(target))?.[1] ?? ''] ?? target);
  if (service === 'dynamodb:transactWriteItems') {
    return asList(argumentsOf.TransactItems)
      .flatMap((item) => Object.entries(asMap(item)))
      .map(([kind, part]) => `${transaction[kind] ?? kind} on ${resolved(at(part, 'TableName'))}`);
  }
  if (service === 'aws-sdk:sfn:sendTaskSuccess') {
    return [`states:SendTaskSuccess on ${thing(waitingMachines[basename(path, '.asl.json')])}`];
  }
  const known = integrations[service];
  if (!known) throw new Error(`${name}: expected an integration that this test knows, got ${service}`);
  const [action, argument] = known;
  return [`${action} on ${resolved(argumentsOf[argument])}`];
}

/** The rights that the Tasks of a definition use. */
const needed = (defined: Defined): Set<string> =>
  new Set(tasksOf(JSON.parse(defined.text)).flatMap((task) => rightsOf(task, defined)));

/** The keys that a Task names: of the item it is about, or of those that it puts, written out or as one expression. */
function keysOf({ state }: State): readonly string[] {
  const items = [state.Arguments, ...find(state.Arguments, 'Put').map(({ found }) => found)].flatMap(
    (one) => [
      at(one, 'Key', 'PK', 'S'),
      at(one, 'Item', 'PK', 'S'),
      /'PK': \{'S': ([^}]*)\}/.exec(String(at(one, 'Item')))?.[1],
    ],
  );
  return items.flatMap((key) => (typeof key === 'string' ? [key] : []));
}

/** The kinds of items that the Tasks of a definition touch, as the beginnings of their keys. */
const touched = ({ text }: Pick<Machine, 'text'>): Set<string> =>
  new Set(
    tasksOf(JSON.parse(text))
      .flatMap(keysOf)
      .map((key) => /^(?:\{% )?'([A-Z]+#)' & /.exec(key)?.[1] ?? key),
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

describe.each(machines.map((one) => ({ ...one, id: one.resource.id })))('$template.path $id', (one) => {
  it('may do what its definition does and nothing else', () => {
    expect(given(one)).toEqual(needed(one));
  });

  it('may touch the kinds of items that it does touch and no others', () => {
    const allowed = asList(one.resource.properties.Policies)
      .flatMap((policy) => asList(at(policy, 'Statement')))
      .filter((statement) =>
        asList(at(statement, 'Action')).some((action) => /^dynamodb:/.test(String(action))),
      )
      .map((statement) => at(statement, 'Condition', 'ForAllValues:StringLike', 'dynamodb:LeadingKeys'));
    expect(allowed).not.toContain(undefined);
    expect(new Set(allowed.flatMap(asList))).toEqual(new Set([...touched(one)].map((key) => `${key}*`)));
  });

  it('would be noticed to lack a right, and to have one too many', () => {
    const [policy] = asList(one.resource.properties.Policies);
    const [first, ...others] = asList(at(policy, 'Statement'));
    const having = (Statement: readonly Value[]) => ({
      ...one,
      resource: { ...one.resource, properties: { Policies: [{ Statement }] } },
    });
    const more = { ...asMap(first), Action: 'dynamodb:BatchWriteItem' };
    expect(given(having(others))).not.toEqual(needed(one));
    expect(given(having([first ?? null, ...others, more]))).not.toEqual(needed(one));
  });
});

const patternsOf = ({ resource }: Machine) =>
  Object.values(asMap(resource.properties.Events)).map((event) => at(event, 'Properties', 'Pattern'));

describe.each(photoMachines)('$path', (machine) => {
  it('is started by the event of its own version only, and says where it stands', () => {
    const version = basename(machine.path, '.asl.json');
    const patterns = patternsOf(machine).map((pattern) => at(pattern, 'detail', 'data', 'workflow'));
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
});

describe('the machines of the café', () => {
  /** What starts each, and nothing else: the order manager is called, by functions that wait for it. */
  const started: Readonly<Record<string, readonly string[]>> = {
    'order-processor': ['NewOrderAdmitted'],
    'order-manager': [],
    'stamp-card': ['OrderCompleted'],
  };

  it.each(Object.entries(started))('%s is started by %j of its own stack', (name, events) => {
    const expected = events.map((event) => ({ source: ['happy-path.orders'], 'detail-type': [event] }));
    expect(patternsOf(machine(name))).toEqual(expected);
  });

  it('are all', () => {
    const others = machines.filter(({ path }) => !isPhotoWorkflow(path));
    expect(others.map(({ path }) => basename(path, '.asl.json')).sort()).toEqual(Object.keys(started).sort());
  });

  it('bear the names by which roles name them', () => {
    for (const { template, resource, path } of Object.keys(started).map(machine)) {
      const name = `happy-path-\${Stage}-${basename(path, '.asl.json')}`;
      expect(at(resource.properties.Name, 'Fn::Sub')).toBe(name);
      expect(template.path).toBe('workflows/templates/orders/template.yaml');
    }
  });

  it('are called by those who wait for the order manager, and by nobody else', () => {
    const { template, resource } = machine('order-manager');
    const callers = functionsOf(template).filter(({ properties }) =>
      find(properties.Policies, 'Action').some(
        ({ owner, found }) =>
          asList(found).includes('states:StartSyncExecution') &&
          thing(owner.Resource) === thing({ Ref: resource.id }),
      ),
    );
    expect(callers.map(({ id }) => id).sort()).toEqual([
      'ManageOrderFunction',
      'ScanCodeFunction',
      'SweepOrdersFunction',
    ]);
  });
});
