import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { IConnectPacket } from 'mqtt-packet';
import * as z from 'zod';
import { policyDocument } from './mqtt-policy.ts';

const answer = z.object({
  isAuthenticated: z.boolean(),
  principalId: z.string().optional(),
  /** IoT Core accepts 300 to 86,400 seconds. */
  disconnectAfterInSeconds: z.number().int().min(300).max(86_400).optional(),
  refreshAfterInSeconds: z.number().int().min(300).max(86_400).optional(),
  policyDocuments: z.array(policyDocument).max(10).optional(),
});
/** What a custom authorizer of IoT Core answers. */
export type ConnectionGrant = z.infer<typeof answer>;

/** The event that IoT Core sends to a custom authorizer; `token` is absent, as it is for authorizers without a token key. */
export interface ConnectionRequest {
  readonly signatureVerified: false;
  readonly protocols: readonly ['tls', 'http', 'mqtt'];
  readonly protocolData: {
    readonly tls: { readonly serverName: string };
    readonly http: { readonly headers: Record<string, string>; readonly queryString: string };
    readonly mqtt: { readonly username?: string; readonly password?: string; readonly clientId: string };
  };
  readonly connectionMetadata: { readonly id: string };
}

/** Decides about a connection; rejects when it cannot decide. */
export type ConnectionAuthorizer = (request: ConnectionRequest) => Promise<ConnectionGrant>;

/** Puts the upgrade request and the CONNECT packet into the form of IoT Core. */
export function connectionRequest(upgrade: IncomingMessage, packet: IConnectPacket): ConnectionRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(upgrade.headers)) {
    if (typeof value === 'string' && name !== 'cookie') headers[name] = value;
  }
  return {
    signatureVerified: false,
    protocols: ['tls', 'http', 'mqtt'],
    protocolData: {
      tls: { serverName: (upgrade.headers.host ?? 'localhost').replace(/:\d+$/, '') },
      http: { headers, queryString: new URL(upgrade.url ?? '/', 'http://edge').search },
      mqtt: {
        ...(packet.username === undefined ? {} : { username: packet.username }),
        ...(packet.password === undefined ? {} : { password: packet.password.toString('base64') }),
        clientId: packet.clientId,
      },
    },
    connectionMetadata: { id: randomUUID() },
  };
}

/** Asks the deployed authorizer function, the same one that IoT Core asks on AWS. */
export function lambdaAuthorizer(options: {
  endpoint: string;
  region: string;
  functionName: string;
}): ConnectionAuthorizer {
  const lambda = new LambdaClient({
    endpoint: options.endpoint,
    region: options.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return async (request) => {
    const command = new InvokeCommand({
      FunctionName: options.functionName,
      Payload: JSON.stringify(request),
    });
    const { FunctionError, Payload } = await lambda.send(command, {
      abortSignal: AbortSignal.timeout(10_000),
    });
    const text = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) {
      // The text could quote the token, so that only the kind of error is told.
      throw new Error(
        `Expected an answer of ${options.functionName}, got ${FunctionError}. Look into its log.`,
      );
    }
    return answer.parse(JSON.parse(text));
  };
}
