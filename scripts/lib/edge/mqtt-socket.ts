import { generate, type Packet, parser } from 'mqtt-packet';
import { type RawData, WebSocket } from 'ws';
import { type ProtocolVersion, reasons } from './mqtt-session.ts';

/** Bytes that may wait for a slow receiver before its sender has to wait too. */
const highWaterMark = 256 * 1024;

/** MQTT packets over one WebSocket. */
export interface MqttSocket {
  /** Set by CONNECT; 4 is MQTT 3.1.1. */
  version: ProtocolVersion;
  /** The first packet; undefined when none came in time. */
  first(timeoutMs: number): Promise<Packet | undefined>;
  /** Hands over each further packet in order, those too that came before anybody listened. */
  onPacket(listener: (packet: Packet) => void): void;
  onClose(listener: () => void): void;
  /** Sends, and holds `source` while this socket's receiver is slow. */
  send(packet: Packet, source?: MqttSocket): void;
  hold(): void;
  release(): void;
  /** Says why (MQTT 5 only) and closes. */
  end(reasonCode: number): void;
  close(): void;
}

/**
 * Reads and writes MQTT packets on a WebSocket, whose frames need not match them.
 *
 * @param maxPacketBytes - a longer packet ends the connection before it is in memory
 */
export function mqttSocket(
  socket: WebSocket,
  maxPacketBytes = 128 * 1024,
  initial: ProtocolVersion = 4,
): MqttSocket {
  const waiting: Packet[] = [];
  let listener: ((packet: Packet) => void) | undefined;
  let ended = false;
  // CONNECT changes the parser's version by itself.
  const packets = parser({ protocolVersion: initial });

  const self: MqttSocket = {
    version: initial,
    first(timeoutMs) {
      return new Promise((resolve) => {
        const settle = (packet?: Packet) => {
          clearTimeout(timer);
          listener = undefined;
          resolve(packet);
        };
        const timer = setTimeout(settle, timeoutMs);
        listener = settle;
        self.onClose(settle);
      });
    },
    onPacket(next) {
      listener = next;
      for (const packet of waiting.splice(0)) next(packet);
    },
    onClose(next) {
      if (socket.readyState === WebSocket.CLOSED) next();
      else socket.once('close', next);
    },
    send(packet, source) {
      if (ended || socket.readyState !== WebSocket.OPEN) return;
      const isSlow = source !== undefined && socket.bufferedAmount > highWaterMark;
      if (isSlow) source.hold();
      socket.send(generate(packet, { protocolVersion: self.version }), () => {
        if (isSlow) source.release();
      });
    },
    hold: () => socket.pause(),
    release: () => socket.resume(),
    end(reasonCode) {
      if (self.version === 5) self.send({ cmd: 'disconnect', reasonCode });
      self.close();
    },
    close() {
      ended = true;
      // The other side gets two seconds to agree; a paused socket would never hear that it did.
      socket.resume();
      socket.close(1000);
      const force = setTimeout(() => socket.terminate(), 2000).unref();
      socket.once('close', () => clearTimeout(force));
    },
  };

  packets.on('packet', (packet) => {
    if (ended) return;
    if ((packet.length ?? 0) > maxPacketBytes) return self.end(reasons.packetTooLarge);
    if (packet.cmd === 'connect') self.version = packet.protocolVersion ?? 4;
    if (listener === undefined) waiting.push(packet);
    else listener(packet);
  });
  packets.on('error', () => self.end(reasons.malformed));
  socket.on('error', () => socket.terminate());
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (ended) return;
    if (!isBinary) return self.end(reasons.malformed);
    if (packets.parse(bytesOf(data)) > maxPacketBytes) self.end(reasons.packetTooLarge);
  });
  return self;
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
