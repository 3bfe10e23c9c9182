import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { refuseUpgrade } from './answers.ts';
import { admit, type GateOptions } from './mqtt-admission.ts';
import { createMqttSession, reasons } from './mqtt-session.ts';
import { mqttSocket } from './mqtt-socket.ts';

/** The `/mqtt` end of the edge. */
export interface MqttGate {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/**
 * Stands before a broker that lets everybody in, and does what IoT Core's custom authorizers do on AWS: asks the
 * authorizer function at CONNECT and holds the connection to the policy that it returns.
 */
export function createMqttGate(options: GateOptions): MqttGate {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 2 * (options.maxPacketBytes ?? 128 * 1024),
    // IoT Core knows this one subprotocol; without it the upgrade is refused below.
    handleProtocols: () => 'mqtt',
  });
  return {
    handleUpgrade(request, socket, head) {
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      if (!offered.includes('mqtt')) {
        refuseUpgrade(socket, 400);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => {
        serve(client, request, options).catch((error: unknown) => {
          options.onProblem?.(error instanceof Error ? error.message : String(error));
          client.terminate();
        });
      });
    },
    async close() {
      for (const client of sockets.clients) client.close(1001);
      await new Promise<void>((resolve) => {
        const force = setTimeout(() => {
          for (const client of sockets.clients) client.terminate();
        }, 500);
        sockets.close(() => {
          clearTimeout(force);
          resolve();
        });
      });
    },
  };
}

async function serve(webSocket: WebSocket, request: IncomingMessage, options: GateOptions): Promise<void> {
  const client = mqttSocket(webSocket, options.maxPacketBytes);
  const admission = await admit(client, request, options);
  if (admission === undefined) return;
  const { broker, permissions, version, lifetimeSeconds } = admission;
  const session = createMqttSession(permissions, version);
  const lifetime = setTimeout(() => client.end(reasons.administrativeAction), lifetimeSeconds * 1000);
  client.onClose(() => {
    clearTimeout(lifetime);
    broker.close();
  });
  client.onPacket((packet) => {
    const { forward, reply, end } = session.fromClient(packet);
    if (forward !== undefined) broker.send(forward, client);
    if (reply !== undefined) client.send(reply);
    if (end !== undefined) client.end(end);
  });
  broker.onPacket((packet) => {
    const { forward, reply } = session.fromBroker(packet);
    if (forward !== undefined) client.send(forward, broker);
    if (reply !== undefined) broker.send(reply);
  });
  // Last: what a closing broker still said must reach the client.
  broker.onClose(() => client.close());
}
