import { localRegion } from './aws.ts';
import { askedMapStyle } from './edge/config.ts';
import { type Edge, serveEdge } from './edge/server.ts';
import { appFolders } from './frontends.ts';
import type { Job, StackOutputs } from './local-stacks.ts';
import { output } from './outputs.ts';

/** Starts the web server in front of what is deployed. */
export function openEdge(
  { apps, devServers, endpoint, webPort }: Job,
  deployed: StackOutputs,
): Promise<Edge> {
  const { backend = {}, orders } = deployed;
  return serveEdge({
    port: webPort,
    endpoint,
    region: localRegion,
    apiId: output(backend, 'ApiId'),
    ...(orders && { ordersApiId: output(orders, 'ApiId') }),
    distributionBucket: output(backend, 'DistributionBucketName'),
    userPoolId: output(backend, 'UserPoolId'),
    userPoolClientId: output(backend, 'UserPoolClientId'),
    topicPrefix: output(backend, 'TopicPrefix'),
    connectionAuthorizer: output(backend, 'ConnectionAuthorizerFunctionName'),
    apps: apps ? appFolders : {},
    ...(devServers ? { devServers } : {}),
    stage: 'local',
    ...askedMapStyle(),
  });
}
