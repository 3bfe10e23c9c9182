import type { Packet } from 'mqtt-packet';
import { expect, it } from 'vitest';
import { createMqttSession, reasons } from './mqtt-session.ts';

const permissions = {
  connect: () => true,
  subscribe: (filter: string) => filter.startsWith('ok'),
  publish: (topic: string, retain: boolean) => topic.startsWith('ok') && !retain,
  receive: (topic: string) => topic.startsWith('ok'),
};
const subscribe = (messageId: number, ...topics: string[]): Packet => ({
  cmd: 'subscribe',
  messageId,
  subscriptions: topics.map((topic) => ({ topic, qos: 1 })),
});
const publish = (topic: string, qos: 0 | 1, retain = false): Packet => ({
  cmd: 'publish',
  topic,
  qos,
  retain,
  dup: false,
  payload: 'x',
  ...(qos === 0 ? {} : { messageId: 7 }),
});

it('ends an MQTT 3.1.1 connection over one refused filter', () => {
  expect(createMqttSession(permissions, 4).fromClient(subscribe(1, 'ok', 'no'))).toEqual({
    end: reasons.notAuthorized,
  });
});

it('refuses one filter of an MQTT 5 client in its place among the granted ones', () => {
  // Prepare
  const session = createMqttSession(permissions, 5);

  // Act
  const asked = session.fromClient(subscribe(1, 'no/1', 'ok/1', 'no/2', 'ok/2'));
  const told = session.fromBroker({ cmd: 'suback', messageId: 1, granted: [1, 0] });

  // Assess
  expect(asked).toEqual({ forward: subscribe(1, 'ok/1', 'ok/2') });
  expect(told).toMatchObject({ forward: { granted: [reasons.notAuthorized, 1, reasons.notAuthorized, 0] } });
});

it('answers an MQTT 5 client itself when no filter is left to ask the broker for', () => {
  const { forward, reply } = createMqttSession(permissions, 5).fromClient(subscribe(3, 'no', '#'));
  expect(forward).toBeUndefined();
  expect(reply).toEqual({
    cmd: 'suback',
    messageId: 3,
    granted: [reasons.notAuthorized, reasons.notAuthorized],
  });
});

it('passes allowed subscriptions and their answer unchanged', () => {
  const session = createMqttSession(permissions, 4);
  const suback: Packet = { cmd: 'suback', messageId: 2, granted: [1, 128] };
  expect(session.fromClient(subscribe(2, 'ok/1', 'ok/2'))).toEqual({ forward: subscribe(2, 'ok/1', 'ok/2') });
  expect(session.fromBroker(suback)).toEqual({ forward: suback });
});

it.each([
  ['3.1.1', 4, 0],
  ['3.1.1', 4, 1],
  ['5', 5, 0],
] as const)('ends an MQTT %s (%i) connection over a refused publication of QoS %i', (_, version, qos) => {
  expect(createMqttSession(permissions, version).fromClient(publish('no', qos))).toEqual({
    end: reasons.notAuthorized,
  });
});

it('tells an MQTT 5 client of a refused publication of QoS 1 and keeps the connection', () => {
  expect(createMqttSession(permissions, 5).fromClient(publish('ok', 1, true))).toEqual({
    reply: { cmd: 'puback', messageId: 7, reasonCode: reasons.notAuthorized },
  });
});

it.each(['', 'ok/+', 'ok/#'])('ends a connection that publishes to "%s", which names no topic', (topic) => {
  expect(createMqttSession(permissions, 5).fromClient(publish(topic, 0))).toEqual({
    end: reasons.protocolError,
  });
});

it('passes an allowed publication', () => {
  expect(createMqttSession(permissions, 4).fromClient(publish('ok', 1))).toEqual({
    forward: publish('ok', 1),
  });
});

it('withholds a message that may not be received and acknowledges it to the broker', () => {
  const session = createMqttSession(permissions, 4);
  expect(session.fromBroker(publish('no', 0))).toEqual({});
  expect(session.fromBroker(publish('no', 1))).toEqual({
    reply: { cmd: 'puback', messageId: 7, reasonCode: reasons.success },
  });
  expect(session.fromBroker(publish('ok', 1))).toEqual({ forward: publish('ok', 1) });
});

it.each([
  { cmd: 'connect', clientId: 'again' },
  { cmd: 'connack', returnCode: 0, sessionPresent: false },
  { cmd: 'suback', granted: [0] },
  { cmd: 'auth', reasonCode: 0 },
] satisfies Packet[])('ends a connection whose client sends $cmd', (packet) => {
  expect(createMqttSession(permissions, 5).fromClient(packet)).toEqual({ end: reasons.protocolError });
});
