import { SFNClient } from '@aws-sdk/client-sfn';

let client: SFNClient | undefined;

/** The process's one Step Functions client. */
export function sfn(): SFNClient {
  // Synchronous calls go to a host of their own, `sync-states`, which a given endpoint does not have.
  client ??= new SFNClient({ disableHostPrefix: process.env.AWS_ENDPOINT_URL !== undefined });
  return client;
}
