import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { IConnectPacket } from 'mqtt-packet';
import { WebSocket } from 'ws';
import { type ConnectionAuthorizer, connectionRequest } from './mqtt-authorizer.ts';
import { type Permissions, permissionsOf } from './mqtt-policy.ts';
import { type ProtocolVersion, reasons } from './mqtt-session.ts';
import { type MqttSocket, mqttSocket } from './mqtt-socket.ts';

export interface GateOptions {
  readonly authorize: ConnectionAuthorizer;
  /** The emulator; its broker is reached by the host name of an IoT endpoint. */
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  /** @default 131072, IoT Core's limit */
  readonly maxPacketBytes?: number;
  /** Time in which a client must send CONNECT. @default 5000 */
  readonly connectTimeoutMs?: number;
  /** Hears about failures of the machinery, never about refused clients. */
  readonly onProblem?: (message: string) => void;
}

/** An accepted connection: the client's CONNECT is with the broker. */
export interface Admission {
  readonly broker: MqttSocket;
  readonly permissions: Permissions;
  readonly version: ProtocolVersion;
  readonly lifetimeSeconds: number;
}

/** IoT Core's own limit, when the authorizer names none. */
const longestConnectionSeconds = 86_400;

/** Waits for CONNECT, asks the authorizer and connects to the broker; undefined when the client was turned away. */
export async function admit(
  client: MqttSocket,
  request: IncomingMessage,
  options: GateOptions,
): Promise<Admission | undefined> {
  const packet = await client.first(options.connectTimeoutMs ?? 5000);
  if (packet?.cmd !== 'connect') return turnAway(client);
  if (packet.clientId === '') return refuse(client, 2, reasons.clientIdInvalid);
  // Nothing more is read until it is known who speaks.
  client.hold();
  try {
    const grant = await options.authorize(connectionRequest(request, packet));
    const permissions = permissionsOf(grant.policyDocuments ?? [], { ...options, clientId: packet.clientId });
    if (!grant.isAuthenticated || !permissions.connect() || !mayLeaveWill(packet, permissions)) {
      return refuse(client, 5, reasons.notAuthorized);
    }
    const broker = await connectBroker(packet, client.version, options);
    return {
      broker,
      permissions,
      version: client.version,
      lifetimeSeconds: grant.disconnectAfterInSeconds ?? longestConnectionSeconds,
    };
  } catch (error) {
    options.onProblem?.(`MQTT connection refused: ${error instanceof Error ? error.message : String(error)}`);
    return refuse(client, 3, reasons.serverUnavailable);
  } finally {
    client.release();
  }
}

function mayLeaveWill({ will }: IConnectPacket, permissions: Permissions): boolean {
  return will === undefined || permissions.publish(will.topic, will.retain ?? false);
}

async function connectBroker(
  packet: IConnectPacket,
  version: ProtocolVersion,
  { endpoint, region, maxPacketBytes }: GateOptions,
): Promise<MqttSocket> {
  const { hostname, port } = new URL(endpoint);
  const socket = new WebSocket(`ws://${hostname}:${port}/mqtt`, ['mqtt'], {
    headers: { Host: `edge.iot.${region}.localhost:${port}` },
    handshakeTimeout: 5000,
    perMessageDeflate: false,
  });
  // Made before the socket opens, so that its errors are never without a listener.
  const broker = mqttSocket(socket, maxPacketBytes, version);
  await once(socket, 'open');
  // The token has done its work: the broker sees neither the query string nor user name and password.
  const { username: _username, password: _password, ...anonymous } = packet;
  broker.send(anonymous);
  return broker;
}

function refuse(client: MqttSocket, returnCode: number, reasonCode: number): undefined {
  client.send(
    client.version === 5
      ? { cmd: 'connack', reasonCode, sessionPresent: false }
      : { cmd: 'connack', returnCode, sessionPresent: false },
  );
  return turnAway(client);
}

function turnAway(client: MqttSocket): undefined {
  client.close();
  return undefined;
}
