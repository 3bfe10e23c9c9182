import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';

let client: IoTDataPlaneClient | undefined;

/** The process's one IoT data client; without an endpoint of its own it uses the account's (`IOT_ENDPOINT`). */
export function iot(endpoint?: string): IoTDataPlaneClient {
  client ??= new IoTDataPlaneClient(endpoint ? { endpoint } : {});
  return client;
}
