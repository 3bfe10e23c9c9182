import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeEndpointCommand, IoTClient } from '@aws-sdk/client-iot';
import { S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { parameterNames } from '#contracts/parameters.ts';
import { invalidate } from './account.ts';
import {
  askedMapStyle,
  cognitoEndpoints,
  cognitoIssuer,
  frontendConfig,
  iotMqttUrl,
  type SignInEndpoints,
} from './edge/config.ts';
import { Failure } from './failure.ts';
import { appFolders } from './frontends.ts';
import { output, readStackOutputs } from './outputs.ts';
import { uploadApp, uploadFile } from './web-upload.ts';

/** How browsers of a stage sign in. */
export interface SignIn {
  issuer: string;
  clientId: string;
  audience: string;
  endpoints: SignInEndpoints;
}

const discoverySchema = z.object({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  end_session_endpoint: z.string().optional(),
});

/** Finds out how browsers sign in: by the stack's own user pool, or by the provider that the backend was given. */
export async function findSignIn(
  region: string,
  stage: string,
  backend: Record<string, string>,
): Promise<SignIn> {
  if (backend.UserPoolId) {
    const origin = `https://${output(backend, 'UserPoolDomainName')}.auth.${region}.amazoncognito.com`;
    const clientId = output(backend, 'UserPoolClientId');
    return {
      issuer: cognitoIssuer(region, backend.UserPoolId),
      clientId,
      audience: clientId,
      endpoints: cognitoEndpoints(origin),
    };
  }
  const client = new SSMClient({ region });
  const issuer = await readParameter(client, parameterNames.backend(stage, 'token-issuer'));
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url);
  if (!answer.ok)
    throw new Failure(`Expected the identity provider's configuration at ${url}, got ${answer.status}.`);
  const found = discoverySchema.parse(await answer.json());
  return {
    issuer,
    clientId: await readParameter(client, parameterNames.backend(stage, 'token-client-id')),
    audience: await readParameter(client, parameterNames.backend(stage, 'token-audience')),
    endpoints: {
      authorizationEndpoint: found.authorization_endpoint,
      tokenEndpoint: found.token_endpoint,
      endSessionEndpoint: found.end_session_endpoint ?? issuer,
    },
  };
}

/** Finds the account's message broker. */
export async function findIotEndpoint(region: string): Promise<string> {
  const { endpointAddress } = await new IoTClient({ region }).send(
    new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }),
  );
  if (endpointAddress) return endpointAddress;
  throw new Failure(
    `Expected AWS IoT Core to have an endpoint in ${region}, got none. Choose a region that has IoT Core.`,
  );
}

/** Finds the API of the café orders; undefined on a stage without that stack. */
export async function findOrdersApi(region: string, stage: string): Promise<string | undefined> {
  const Name = parameterNames.orders(stage, 'api-id');
  const found = await new SSMClient({ region })
    .send(new GetParameterCommand({ Name }))
    .catch((error: unknown) => {
      if (!(error instanceof ParameterNotFound)) throw error;
    });
  return found?.Parameter?.Value;
}

/** Says how to bring up to date an edge that leads to another orders API than there is; nothing when it is right. */
export async function edgeAdvice(
  client: CloudFormationClient,
  edgeStack: string,
  { region, stage }: { region: string; stage: string },
): Promise<string | undefined> {
  const edge = await readStackOutputs(client, edgeStack);
  if (!edge || edge.OrdersApiId === (await findOrdersApi(region, stage))) return undefined;
  return `The edge does not know yet. Run: npm run deploy -- --stage ${stage} --stack edge`;
}

/** What the edge leads to beside its own bucket. */
export interface Destinations {
  iotEndpoint: string;
  signIn: SignIn;
  ordersApiId: string | undefined;
}

/** The edge's template parameters for a stage. */
export function edgeParameters(
  stage: string,
  { iotEndpoint, signIn, ordersApiId = '' }: Destinations,
): Record<string, string> {
  return {
    Stage: stage,
    ApiId: parameterNames.backend(stage, 'api-id'),
    OrdersApiId: ordersApiId,
    UploadBucketName: parameterNames.backend(stage, 'upload-bucket-name'),
    DistributionBucketName: parameterNames.backend(stage, 'distribution-bucket-name'),
    NotificationHost: iotEndpoint,
    SignInOrigin: new URL(signIn.endpoints.tokenEndpoint).origin,
  };
}

interface Publication extends Destinations {
  stage: string;
  region: string;
  backend: Record<string, string>;
  edge: Record<string, string>;
}

/** Puts the built apps and their configuration behind the edge; returns how many files. */
export async function publishApps({ stage, region, backend, edge, ...to }: Publication) {
  const { iotEndpoint, signIn, ordersApiId } = to;
  const client = new S3Client({ region });
  const bucket = output(edge, 'WebBucketName');
  const config = frontendConfig({
    stage,
    region,
    topicPrefix: output(backend, 'TopicPrefix'),
    mqttUrl: iotMqttUrl(iotEndpoint, output(backend, 'ConnectionAuthorizerName')),
    issuer: signIn.issuer,
    clientId: signIn.clientId,
    audience: signIn.audience,
    endpoints: signIn.endpoints,
    groupsClaim: output(backend, 'GroupsClaim'),
    hasOrders: ordersApiId !== undefined,
    ...askedMapStyle(),
  });
  await uploadFile(client, bucket, 'config.json', JSON.stringify(config));
  let files = 1;
  for (const [name, folder] of Object.entries(appFolders)) {
    files += await uploadApp(client, bucket, folder, name === 'visitor' ? '' : `${name}/`);
  }
  await invalidate(output(edge, 'DistributionId'));
  return files;
}

async function readParameter(client: SSMClient, Name: string): Promise<string> {
  const { Parameter } = await client.send(new GetParameterCommand({ Name }));
  if (Parameter?.Value) return Parameter.Value;
  throw new Failure(`Expected the SSM parameter ${Name} to have a value. Deploy the backend first.`);
}
