import { SSMClient } from '@aws-sdk/client-ssm';

let client: SSMClient | undefined;

/** The process's one Systems Manager client. */
export function ssm(): SSMClient {
  client ??= new SSMClient({});
  return client;
}
