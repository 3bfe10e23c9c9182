import { localStacks } from '../../scripts/lib/stacks.ts';
import { type Rule, testRules } from './rules.ts';
import {
  asList,
  asMap,
  at,
  find,
  isObject,
  resources,
  type Template,
  template,
  type Value,
} from './templates.ts';

const backend = 'backend/template.yaml';

/** Types that the local AWS does not know: one of them without a false Condition refuses the whole template. */
const refused = [
  /^AWS::ApiGatewayV2::(Deployment|RouteResponse)$/,
  /^AWS::AppSync::(Api|ChannelNamespace)$/,
  /^AWS::ApplicationAutoScaling::ScalableTarget$/,
  /^AWS::ApplicationInsights::Application$/,
  /^AWS::Athena::NamedQuery$/,
  /^AWS::Budgets::Budget$/,
  /^AWS::CE::AnomalyMonitor$/,
  /^AWS::CloudFront::(KeyGroup|PublicKey)$/,
  /^AWS::CloudTrail::Trail$/,
  /^AWS::CloudWatch::(CompositeAlarm|AnomalyDetector)$/,
  /^AWS::CodeDeploy::/,
  /^AWS::Cognito::(UserPoolUser|ManagedLoginBranding)$/,
  /^AWS::EventSchemas::/,
  /^AWS::Events::(Archive|Connection|ApiDestination|EventBusPolicy)$/,
  /^AWS::IAM::(RolePolicy|OIDCProvider)$/,
  /^AWS::IoT::Authorizer$/,
  /^AWS::Lambda::CodeSigningConfig$/,
  /^AWS::Location::(PlaceIndex|Map)$/,
  /^AWS::Logs::QueryDefinition$/,
  /^AWS::ResourceGroups::Group$/,
  /^AWS::RUM::AppMonitor$/,
  /^AWS::(SNS::Topic|SQS::Queue)InlinePolicy$/,
  /^AWS::SSM::Document$/,
  /^AWS::StepFunctions::(Activity|StateMachineVersion|StateMachineAlias)$/,
  /^AWS::Synthetics::Canary$/,
  /^AWS::WAFv2::WebACLAssociation$/,
  /^AWS::XRay::Group$/,
];

/** Whether a condition holds when the stage is `local` and every other parameter has its default. */
function holds(one: Template, condition: Value | undefined): boolean {
  const value = (operand: Value | undefined): Value | undefined => {
    const name = at(operand, 'Ref');
    if (typeof name !== 'string') return operand;
    return name === 'Stage' ? 'local' : at(one.document, 'Parameters', name, 'Default');
  };
  if (typeof condition === 'string') return holds(one, at(one.document, 'Conditions', condition));
  if (!isObject(condition)) throw new Error(`Expected a condition, got ${JSON.stringify(condition)}`);
  const [name = '', operand = null] = Object.entries(condition)[0] ?? [];
  const operands = asList(operand);
  if (name === 'Condition') return holds(one, operand);
  if (name === 'Fn::Not') return !holds(one, operands[0]);
  if (name === 'Fn::And') return operands.every((inner) => holds(one, inner));
  if (name === 'Fn::Or') return operands.some((inner) => holds(one, inner));
  if (name === 'Fn::Equals') return String(value(operands[0])) === String(value(operands[1]));
  throw new Error(`Expected a condition function, got ${name}`);
}

const deployable: Rule = (one) =>
  resources(one)
    .filter(({ type }) => refused.some((pattern) => pattern.test(type)))
    .filter(({ body }) => body.Condition === undefined || holds(one, body.Condition))
    .map(({ id, type }) => `${id} (${type}) is made locally, where it cannot be`);

// A Ref to a resource that its condition leaves out is refused by both.
const silent: Rule = (one) => [
  ...find(one.document, 'Cors').map(() => 'SAM answers preflights with headers that the local AWS drops'),
  ...resources(one)
    .flatMap(({ id, properties }) => Object.values(asMap(properties.Events)).map((event) => ({ id, event })))
    .filter(
      ({ event }) =>
        at(event, 'Type') === 'Api' && /^(any|x-.*)$/i.test(String(at(event, 'Properties', 'Method'))),
    )
    .map(({ id }) => `${id} has a route for any method, which the local AWS refuses`),
  ...find(one.document, 'ReservedConcurrentExecutions').map(
    () => 'ReservedConcurrentExecutions is ignored locally',
  ),
  ...Object.keys(asMap(one.document.Resources))
    .filter((id) => id.startsWith('Fn::ForEach'))
    .map((id) => `${id}: sam build cannot read it`),
];

testRules(
  {
    'leaves out locally what the local AWS refuses': deployable,
    'uses nothing that works on AWS only, without anybody noticing': silent,
  },
  [
    {
      rule: 'leaves out locally what the local AWS refuses',
      path: backend,
      from: /Condition: OnAws # the emulator has none.*\n +/,
      to: '',
    },
    {
      rule: 'leaves out locally what the local AWS refuses',
      path: backend,
      from: 'OnAws: !Not [!Equals [!Ref Stage, local]]',
      to: 'OnAws: !Equals [!Ref Stage, local]',
    },
    {
      rule: 'leaves out locally what the local AWS refuses',
      path: backend,
      from: 'HasManagedLogin: !And [!Condition UsesCognito, !Condition OnAws]',
      to: 'HasManagedLogin: !Or [!Condition UsesCognito, !Condition OnAws]',
    },
    {
      rule: 'uses nothing that works on AWS only, without anybody noticing',
      path: backend,
      from: 'Method: post',
      to: 'Method: any',
    },
  ],
  localStacks.map(({ template: path }) => template(path)),
);
