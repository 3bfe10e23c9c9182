import { SFNClient } from '@aws-sdk/client-sfn';

let client: SFNClient | undefined;

/** The process's one Step Functions client. */
export function sfn(): SFNClient {
  client ??= new SFNClient({});
  return client;
}
