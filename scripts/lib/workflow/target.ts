import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parameterNames } from '#contracts/parameters.ts';
import { DynamoDbRoutingStore } from '../../../backend/stores/routing-store.ts';
import { SsmWorkflowRegistry } from '../../../backend/stores/workflow-registry.ts';
import { type Identity, readIdentity } from '../account.ts';
import { localClientConfig, localRegion, localToolEnvironment, toolPath } from '../aws.ts';
import { Failure } from '../failure.ts';
import { requireOutputs } from '../outputs.ts';
import { assertPlace, parseStage } from '../stages.ts';

/** A deployed stage, and what is needed to look into it and to change it. */
export interface Target {
  readonly stage: string;
  readonly region: string;
  /** In whose AWS account it is; undefined for the app that runs on this machine. */
  readonly identity: Identity | undefined;
  /** In which the SAM CLI finds it. */
  readonly env: NodeJS.ProcessEnv;
  readonly cloudFormation: CloudFormationClient;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sfn: SFNClient;
  readonly tableName: string;
  readonly routing: DynamoDbRoutingStore;
  readonly registry: SsmWorkflowRegistry;
}

type Config = ReturnType<typeof localClientConfig> | { region: string };

/** Finds the stage that is asked for, or the app that runs on this machine. */
export async function findTarget(stage: string | undefined): Promise<Target> {
  if (stage === undefined) return localTarget(requireOutputs().endpoint);
  const name = parseStage(stage);
  assertPlace(name);
  const identity = await readIdentity();
  const { region } = identity;
  const env = { ...process.env, PATH: toolPath(), AWS_REGION: region, AWS_DEFAULT_REGION: region };
  return connect(name, { region }, env, identity);
}

/** The app of an emulator on this machine. */
export const localTarget = (endpoint: string): Promise<Target> =>
  connect('local', localClientConfig(endpoint), localToolEnvironment(endpoint), undefined);

async function connect(
  stage: string,
  config: Config,
  env: NodeJS.ProcessEnv,
  identity: Identity | undefined,
): Promise<Target> {
  const ssm = new SSMClient(config);
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(config), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const tableName = await readTableName(ssm, stage);
  return {
    stage,
    region: identity?.region ?? localRegion,
    identity,
    env,
    cloudFormation: new CloudFormationClient(config),
    dynamodb,
    sfn: new SFNClient(config),
    tableName,
    routing: new DynamoDbRoutingStore(dynamodb, tableName),
    registry: new SsmWorkflowRegistry(ssm, stage),
  };
}

async function readTableName(ssm: SSMClient, stage: string): Promise<string> {
  const Name = parameterNames.backend(stage, 'table-name');
  const found = await ssm.send(new GetParameterCommand({ Name })).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  });
  if (found?.Parameter?.Value) return found.Parameter.Value;
  throw new Failure(
    `Expected the backend of stage ${stage} to be deployed, got none. Run: npm run deploy -- --stage ${stage}`,
  );
}
