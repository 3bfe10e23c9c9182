import type { IPublishPacket, ISubscribePacket, Packet } from 'mqtt-packet';
import type { Permissions } from './mqtt-policy.ts';

export type ProtocolVersion = 3 | 4 | 5;

/** MQTT 5 reason codes that the gate uses. */
export const reasons = {
  success: 0x00,
  malformed: 0x81,
  protocolError: 0x82,
  clientIdInvalid: 0x85,
  notAuthorized: 0x87,
  serverUnavailable: 0x88,
  packetTooLarge: 0x95,
  administrativeAction: 0x98,
} as const;

/** What becomes of a packet: to the broker, back to its sender, or the end of the connection. */
export interface Verdict {
  readonly forward?: Packet;
  readonly reply?: Packet;
  /** Reason code with which the connection ends. */
  readonly end?: number;
}

/** Judges each packet of one accepted connection by its permissions; knows nothing of sockets. */
export interface MqttSession {
  fromClient(packet: Packet): Verdict;
  fromBroker(packet: Packet): Verdict;
}

const clientPackets = new Set([
  'puback',
  'pubrec',
  'pubrel',
  'pubcomp',
  'unsubscribe',
  'pingreq',
  'disconnect',
]);

/**
 * Refuses as IoT Core does: MQTT 3.1.1 has no word for it and the connection ends; MQTT 5 refuses one filter in the
 * SUBACK and one QoS 1 publication in its PUBACK, and ends the connection over a QoS 0 publication.
 */
export function createMqttSession(permissions: Permissions, version: ProtocolVersion): MqttSession {
  /** Filters refused by SUBSCRIBE's message id, until the broker's answer for the others is there to be completed. */
  const refusedFilters = new Map<number, boolean[]>();

  const subscribe = (packet: ISubscribePacket): Verdict => {
    const refused = packet.subscriptions.map(({ topic }) => !permissions.subscribe(topic));
    if (!refused.includes(true)) return { forward: packet };
    if (version !== 5 || packet.messageId === undefined) return { end: reasons.notAuthorized };
    const subscriptions = packet.subscriptions.filter((_, index) => refused[index] === false);
    if (subscriptions.length === 0) {
      const granted = refused.map(() => reasons.notAuthorized);
      return { reply: { cmd: 'suback', messageId: packet.messageId, granted } };
    }
    refusedFilters.set(packet.messageId, refused);
    return { forward: { ...packet, subscriptions } };
  };

  const publish = (packet: IPublishPacket): Verdict => {
    // An empty name would be a topic alias: it could change its meaning behind the gate's back.
    if (packet.topic === '' || /[+#]/.test(packet.topic)) return { end: reasons.protocolError };
    if (permissions.publish(packet.topic, packet.retain)) return { forward: packet };
    if (version === 5 && packet.qos === 1 && packet.messageId !== undefined) {
      return { reply: { cmd: 'puback', messageId: packet.messageId, reasonCode: reasons.notAuthorized } };
    }
    return { end: reasons.notAuthorized };
  };

  const delivery = (packet: IPublishPacket): Verdict => {
    if (permissions.receive(packet.topic)) return { forward: packet };
    // Acknowledged in the client's name, or the broker would send it again.
    return packet.qos === 1 && packet.messageId !== undefined
      ? { reply: { cmd: 'puback', messageId: packet.messageId, reasonCode: reasons.success } }
      : {};
  };

  const suback = (messageId: number | undefined, granted: readonly unknown[]): number[] => {
    const codes = granted.filter((code) => typeof code === 'number');
    const refused = messageId === undefined ? undefined : refusedFilters.get(messageId);
    if (messageId === undefined || refused === undefined) return codes;
    refusedFilters.delete(messageId);
    return refused.map((isRefused) =>
      isRefused ? reasons.notAuthorized : (codes.shift() ?? reasons.malformed),
    );
  };

  return {
    fromClient(packet) {
      if (packet.cmd === 'subscribe') return subscribe(packet);
      if (packet.cmd === 'publish') return publish(packet);
      return clientPackets.has(packet.cmd) ? { forward: packet } : { end: reasons.protocolError };
    },
    fromBroker(packet) {
      if (packet.cmd === 'publish') return delivery(packet);
      if (packet.cmd !== 'suback') return { forward: packet };
      return { forward: { ...packet, granted: suback(packet.messageId, packet.granted) } };
    },
  };
}
