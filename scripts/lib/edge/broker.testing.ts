import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet';
import { WebSocketServer } from 'ws';

/** A broker that lets everybody in, as the emulator's does; keeps what it was sent. */
export interface OpenBroker {
  readonly endpoint: string;
  readonly upgrades: IncomingMessage[];
  readonly connects: IConnectPacket[];
  readonly packets: Packet[];
  readonly connections: () => number;
  /** Sends to everybody, subscribed or not. */
  deliver(topic: string, payload: string | Buffer, qos?: 0 | 1): void;
  dropAll(): void;
  close(): Promise<void>;
}

export async function openBroker(): Promise<OpenBroker> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const sockets = new WebSocketServer({ server });
  const upgrades: IncomingMessage[] = [];
  const connects: IConnectPacket[] = [];
  const packets: Packet[] = [];
  let version: 3 | 4 | 5 = 4;
  sockets.on('connection', (socket, request) => {
    upgrades.push(request);
    const incoming = parser();
    const send = (packet: Packet) => socket.send(generate(packet, { protocolVersion: version }));
    incoming.on('packet', (packet) => {
      if (packet.cmd === 'connect') {
        version = packet.protocolVersion ?? 4;
        connects.push(packet);
        return send({ cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: false });
      }
      packets.push(packet);
      const messageId = packet.messageId ?? 0;
      if (packet.cmd === 'subscribe') {
        send({ cmd: 'suback', messageId, granted: packet.subscriptions.map(({ qos }) => qos) });
      }
      if (packet.cmd === 'publish' && packet.qos === 1) send({ cmd: 'puback', messageId });
    });
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) incoming.parse(data);
    });
  });
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    upgrades,
    connects,
    packets,
    connections: () => sockets.clients.size,
    deliver(topic, payload, qos = 0) {
      const packet: Packet = { cmd: 'publish', topic, payload, qos, dup: false, retain: false, messageId: 9 };
      for (const socket of sockets.clients) socket.send(generate(packet, { protocolVersion: version }));
    },
    dropAll() {
      for (const socket of sockets.clients) socket.terminate();
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
