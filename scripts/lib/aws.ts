import { delimiter, join } from 'node:path';
import { localFolder, root } from './paths.ts';

/** The emulator's region and its root key; they are the same for everybody and protect nothing. */
export const localRegion = 'us-east-1';
export const localCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Client settings for the emulator at an endpoint. */
export function localClientConfig(endpoint: string) {
  return { endpoint, region: localRegion, credentials: localCredentials };
}

/** The environment without anything that points at an AWS account or another emulator, and with our tools first on PATH. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const foreign = /^(AWS_|SAM_|LOCALSTACK_|MINISTACK_|LAMBDA_|S3_|SFN_|EDGE_PORT$|PYTHON)/;
  const kept = Object.entries(environment).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), PATH: toolPath(environment) };
}

/** PATH with the pinned Node, esbuild and Python tools first. */
export function toolPath(environment: NodeJS.ProcessEnv = process.env): string {
  const ours = [join(root, 'node_modules', '.bin'), join(localFolder, 'venv', 'bin')];
  const rest = (environment.PATH ?? '').split(delimiter).filter((folder) => !ours.includes(folder));
  return [...ours, ...rest].join(delimiter);
}

/** The environment in which SAM talks to the emulator at an endpoint. */
export function localToolEnvironment(endpoint: string): NodeJS.ProcessEnv {
  return {
    ...cleanEnvironment(),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    AWS_REGION: localRegion,
    AWS_DEFAULT_REGION: localRegion,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    SAM_CLI_TELEMETRY: '0',
    SAM_CLI_POLL_DELAY: '0.5',
  };
}
