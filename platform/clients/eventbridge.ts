import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

let client: EventBridgeClient | undefined;

/** The process's one EventBridge client. */
export function eventbridge(): EventBridgeClient {
  client ??= new EventBridgeClient({});
  return client;
}
