import { once } from 'node:events';
import { createServer } from 'node:http';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type OpenBroker, openBroker } from './broker.testing.ts';
import type { GateOptions } from './mqtt-admission.ts';
import type { ConnectionGrant, ConnectionRequest } from './mqtt-authorizer.ts';
import { createMqttGate } from './mqtt-gate.ts';

const arn = 'arn:aws:iot:eu-west-1:000000000000';
const allow = (Action: string, Resource: string) => ({
  Effect: 'Allow' as const,
  Action: [Action],
  Resource: [`${arn}:${Resource}`],
});
const grant: ConnectionGrant = {
  isAuthenticated: true,
  policyDocuments: [
    {
      Version: '2012-10-17',
      Statement: [
        allow('iot:Connect', 'client/guest-*'),
        allow('iot:Subscribe', 'topicfilter/places/*'),
        allow('iot:Receive', 'topic/places/*'),
      ],
    },
  ],
};

const patience = { timeout: 20_000 };

let broker: OpenBroker;
let closers: (() => Promise<unknown> | unknown)[];
const problems: string[] = [];

beforeEach(async () => {
  broker = await openBroker();
  closers = [() => broker.close()];
  problems.length = 0;
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
});

async function openGate(options: Partial<GateOptions> = {}): Promise<string> {
  const gate = createMqttGate({
    authorize: async () => grant,
    endpoint: broker.endpoint,
    region: 'eu-west-1',
    account: '000000000000',
    onProblem: (message) => problems.push(message),
    ...options,
  });
  const server = createServer().on('upgrade', (...upgrade) => gate.handleUpgrade(...upgrade));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    await gate.close();
    server.close();
  });
  const address = server.address();
  return `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/mqtt`;
}

/** Resolves with a connected client, or with the code of its refusal. */
function connect(url: string, options: IClientOptions = {}): Promise<MqttClient | unknown> {
  const client = mqtt.connect(url, {
    clientId: 'guest-1',
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...options,
  });
  closers.push(() => client.endAsync(true));
  return new Promise((resolve) => {
    client.once('connect', () => resolve(client));
    client.once('error', (error) => resolve('code' in error ? error.code : error));
    client.once('close', () => resolve('closed'));
  });
}

async function connected(url: string, options?: IClientOptions): Promise<MqttClient> {
  const client = await connect(url, options);
  if (!(client instanceof mqtt.MqttClient)) throw new Error(`Expected a connection, got ${String(client)}`);
  return client;
}

it('lets a client receive what its policy names and nothing else', async () => {
  // Prepare
  const client = await connected(await openGate());
  const received: string[] = [];
  client.on('message', (topic) => received.push(topic));

  // Act
  await client.subscribeAsync('places/1');
  broker.deliver('users/1', 'private', 1);
  broker.deliver('places/1', 'public', 1);

  // Assess
  await vi.waitFor(() => expect(received).toEqual(['places/1']), patience);
  await vi.waitFor(
    () => expect(broker.packets.filter(({ cmd }) => cmd === 'puback')).toHaveLength(2),
    patience,
  );
});

it.each([
  [4, 5],
  [5, 0x87],
] as const)(
  'refuses a client of MQTT level %i with code %i when the authorizer says no',
  async (level, code) => {
    const url = await openGate({ authorize: async () => ({ isAuthenticated: false }) });
    expect(await connect(url, { protocolVersion: level })).toBe(code);
    expect(broker.connects).toEqual([]);
  },
);

it('refuses a client id and a last will outside the policy', async () => {
  const url = await openGate();
  expect(await connect(url, { clientId: 'somebody-else' })).toBe(5);
  expect(await connect(url, { will: { topic: 'places/1', payload: Buffer.from('gone') } })).toBe(5);
  expect(broker.connects).toEqual([]);
});

it('asks the authorizer in the form of IoT Core and keeps the token from the broker', async () => {
  // Prepare
  const asked: ConnectionRequest[] = [];
  const url = await openGate({
    authorize: async (request) => {
      asked.push(request);
      return grant;
    },
  });

  // Act
  await connected(`${url}?x=1&token=s3cret`, { username: 'me?token=s3cret', password: 's3cret' });

  // Assess
  expect(asked).toMatchObject([
    {
      signatureVerified: false,
      protocols: ['tls', 'http', 'mqtt'],
      protocolData: {
        tls: { serverName: '127.0.0.1' },
        http: { queryString: '?x=1&token=s3cret', headers: { upgrade: 'websocket' } },
        mqtt: {
          clientId: 'guest-1',
          username: 'me?token=s3cret',
          password: Buffer.from('s3cret').toString('base64'),
        },
      },
    },
  ]);
  expect(
    JSON.stringify([broker.connects, broker.upgrades.map(({ url, headers }) => [url, headers])]),
  ).not.toContain('s3cret');
  expect(broker.upgrades[0]?.headers.host).toMatch(/^edge\.iot\.eu-west-1\.localhost:\d+$/);
  expect(problems).toEqual([]);
});

it('says that the service is not available when the authorizer or the broker fails', async () => {
  const broken = await openGate({ authorize: () => Promise.reject(new Error('function failed')) });
  expect(await connect(broken)).toBe(3);
  const noBroker = await openGate({ endpoint: 'http://127.0.0.1:1' });
  expect(await connect(noBroker, { protocolVersion: 5 })).toBe(0x88);
  expect(problems).toEqual([
    'MQTT connection refused: function failed',
    expect.stringMatching(/^MQTT connection refused: .*ECONNREFUSED/),
  ]);
});

it('ends a connection that publishes without a right to', async () => {
  const client = await connected(await openGate());
  client.publish('places/1', 'made up');
  await closeOf(client);
  expect(broker.packets.filter(({ cmd }) => cmd === 'publish')).toEqual([]);
  await vi.waitFor(() => expect(broker.connections()).toBe(0), patience);
});

it('ends an MQTT 3.1.1 connection that subscribes without a right to', async () => {
  const client = await connected(await openGate());
  client.subscribe('users/1');
  await closeOf(client);
  expect(broker.packets.filter(({ cmd }) => cmd === 'subscribe')).toEqual([]);
});

it('grants an MQTT 5 client the filters that it may have', async () => {
  const client = await connected(await openGate(), { protocolVersion: 5 });
  const granted = new Promise<unknown>((resolve) =>
    client.once('packetreceive', (packet) => resolve('granted' in packet ? packet.granted : packet)),
  );
  client.subscribe(['places/1', 'users/1']);
  expect(await granted).toEqual([0, 0x87]);
});

it('ends a connection after the time that the authorizer gave', async () => {
  const client = await connect(
    await openGate({ authorize: async () => ({ ...grant, disconnectAfterInSeconds: 0.2 }) }),
  );
  // On a busy machine the time may be over before the client has its answer.
  if (client instanceof mqtt.MqttClient) await closeOf(client);
  else expect(client).toBe('closed');
  await vi.waitFor(() => expect(broker.connections()).toBe(0), patience);
});

it('ends the connection when the broker goes away', async () => {
  const client = await connected(await openGate());
  broker.dropAll();
  await closeOf(client);
});

it('ends the connection to the broker when the client goes away', async () => {
  const client = await connected(await openGate());
  client.stream.destroy();
  await vi.waitFor(() => expect(broker.connections()).toBe(0), patience);
});

it('ends a connection that sends a packet over the limit, in one frame or in many', async () => {
  const url = await openGate({ maxPacketBytes: 1024 });
  const client = await connected(url);
  client.publish('places/1', Buffer.alloc(1500));
  await closeOf(client);

  const socket = await rawSocket(url);
  const packet = generate({
    cmd: 'publish',
    topic: 'a',
    payload: Buffer.alloc(100_000),
    qos: 0,
    dup: false,
    retain: false,
  });
  for (let at = 0; at < 4096; at += 256) socket.send(packet.subarray(at, at + 256));
  await once(socket, 'close');
});

it.each([
  ['says nothing', undefined],
  ['begins with another packet', generate({ cmd: 'pingreq' })],
  ['speaks another language', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['sends text', 'hello'],
])('ends a connection that %s', async (_, bytes) => {
  const socket = await rawSocket(await openGate({ connectTimeoutMs: 50 }));
  if (bytes !== undefined) socket.send(bytes);
  await once(socket, 'close');
  expect(broker.connects).toEqual([]);
});

it('refuses an upgrade without the subprotocol mqtt', async () => {
  const socket = new WebSocket(await openGate(), ['chat']);
  const [error] = await once(socket, 'error');
  expect(String(error)).toContain('400');
});

it('passes many messages to a slow reader without losing one', async () => {
  // Prepare
  const client = await connected(await openGate());
  let count = 0;
  client.on('message', () => {
    count += 1;
  });

  // Act
  for (let message = 0; message < 200; message += 1) broker.deliver('places/1', Buffer.alloc(20_000));

  // Assess
  await vi.waitFor(() => expect(count).toBe(200), patience);
});

/** `once` of Node knows its own emitters only. */
function closeOf(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', resolve));
}

async function rawSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, ['mqtt']);
  closers.push(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}
