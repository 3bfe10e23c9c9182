import { EventEmitter } from 'node:events';
import type { MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMqttRealtime, type Realtime } from './index.ts';
import { connect } from './mqtt-client.ts';

vi.mock('./mqtt-client.ts', () => ({ connect: vi.fn() }));

/** As much of an MQTT client as the channel uses. */
class Connection extends EventEmitter {
  readonly subscribe = vi.fn();
  readonly unsubscribe = vi.fn();
  readonly end = vi.fn();

  say(topic: string, message: unknown): void {
    this.emit('message', topic, new TextEncoder().encode(JSON.stringify(message)));
  }
}

const published = {
  type: 'PhotoPublished',
  time: '2026-01-01T00:00:00Z',
  journeyId: 'j',
  data: { photoId: 'p' },
};
let connections: { url: string; connection: Connection }[];
let realtime: Realtime;
let token: ReturnType<typeof vi.fn<(options?: { refresh?: boolean }) => Promise<string | undefined>>>;

beforeEach(() => {
  vi.useFakeTimers();
  connections = [];
  vi.mocked(connect).mockImplementation((url) => {
    const connection = new Connection();
    connections.push({ url, connection });
    return connection as unknown as MqttClient;
  });
  token = vi.fn(async () => undefined);
  realtime = createMqttRealtime({ url: 'ws://park/mqtt', topicPrefix: 'happy-path/test', token });
});

afterEach(() => {
  realtime.close();
  vi.useRealTimers();
});

/** The newest connection, once it was opened. */
async function opened(count = connections.length + 1) {
  await vi.waitFor(() => expect(connections).toHaveLength(count));
  const newest = connections.at(-1);
  if (!newest) throw new Error('Expected a connection');
  return newest;
}

describe('connecting', () => {
  it('goes as a guest without a token and is online when the server says so', async () => {
    const { url, connection } = await opened();
    expect(url).toBe('ws://park/mqtt');
    expect(realtime.state.value).toBe('connecting');

    connection.emit('connect');

    expect(realtime.state.value).toBe('online');
  });

  it('carries the token in the query, beside what stands there', async () => {
    token.mockResolvedValue('a+b');
    const other = createMqttRealtime({ url: 'wss://iot/mqtt?x=1', topicPrefix: 'p', token });

    await vi.waitFor(() =>
      expect(connections.map(({ url }) => url)).toContain('wss://iot/mqtt?x=1&token=a%2Bb'),
    );

    other.close();
  });

  it('tries again later and later after each failure, with a token of that time', async () => {
    const first = await opened();
    first.connection.emit('close');
    expect(realtime.state.value).toBe('offline');
    await vi.advanceTimersByTimeAsync(1000);
    const second = await opened(2);
    second.connection.emit('close');
    await vi.advanceTimersByTimeAsync(999);
    expect(connections).toHaveLength(2);

    token.mockResolvedValue('new');
    await vi.advanceTimersByTimeAsync(1001);

    expect((await opened(3)).url).toBe('ws://park/mqtt?token=new');
  });

  it('asks for a fresh token after the server refused the last one', async () => {
    const { connection } = await opened();

    connection.emit('error', Object.assign(new Error('Not authorized'), { code: 5 }));
    connection.emit('close');
    await vi.advanceTimersByTimeAsync(1000);

    await opened(2);
    expect(token).toHaveBeenLastCalledWith({ refresh: true });
  });

  it('survives a token that cannot be had', async () => {
    const { connection } = await opened();
    token.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    connection.emit('close');
    await vi.advanceTimersByTimeAsync(1000);
    expect(realtime.state.value).toBe('offline');

    await vi.advanceTimersByTimeAsync(2000);

    await opened(2);
  });

  it('does not wait when the network returns', async () => {
    (await opened()).connection.emit('close');

    dispatchEvent(new Event('online'));

    await opened(2);
    expect(realtime.state.value).toBe('connecting');
  });

  it('saves the battery while there is no network at all', async () => {
    const { connection } = await opened();
    const radio = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);

    connection.emit('close');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(connections).toHaveLength(1);

    radio.mockReturnValue(true);
    dispatchEvent(new Event('online'));
    await opened(2);
  });

  it('ignores what a dropped connection still says', async () => {
    const { connection } = await opened();
    connection.emit('connect');

    realtime.reconnect();
    connection.emit('close');
    connection.emit('error', new Error('late'));

    expect(connection.end).toHaveBeenCalledWith(true);
    (await opened(2)).connection.emit('connect');
    expect(realtime.state.value).toBe('online');
  });

  it('stays closed', async () => {
    const { connection } = await opened();

    realtime.close();
    connection.emit('close');
    dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(120_000);

    expect(connections).toHaveLength(1);
  });
});

describe('subscribing', () => {
  it('subscribes what was asked for before the channel was up, and again on each connection', async () => {
    realtime.subscribe('places/1', () => {});
    const first = await opened();
    expect(first.connection.subscribe).not.toHaveBeenCalled();

    first.connection.emit('connect');
    realtime.reconnect();
    const second = await opened(2);
    second.connection.emit('connect');

    expect(first.connection.subscribe).toHaveBeenCalledExactlyOnceWith(['happy-path/test/places/1']);
    expect(second.connection.subscribe).toHaveBeenCalledExactlyOnceWith(['happy-path/test/places/1']);
  });

  it('shares one subscription among its hearers and ends it with the last', async () => {
    const { connection } = await opened();
    connection.emit('connect');
    const heard = vi.fn();

    const stopFirst = realtime.subscribe('places/1', heard);
    const stopSecond = realtime.subscribe('places/1', heard);
    connection.say('happy-path/test/places/1', published);
    stopFirst();
    stopFirst();
    connection.say('happy-path/test/places/1', published);
    stopSecond();
    connection.say('happy-path/test/places/1', published);

    expect(connection.subscribe).toHaveBeenCalledExactlyOnceWith('happy-path/test/places/1');
    expect(connection.unsubscribe).toHaveBeenCalledExactlyOnceWith('happy-path/test/places/1');
    expect(heard.mock.calls).toEqual([[published], [published], [published]]);
  });

  it('drops what is no notification and goes on', async () => {
    const { connection } = await opened();
    connection.emit('connect');
    const heard = vi.fn();
    realtime.subscribe('places/1', heard);

    connection.emit('message', 'happy-path/test/places/1', new TextEncoder().encode('{'));
    connection.say('happy-path/test/places/1', { type: 1, data: {} });
    connection.say('happy-path/test/places/1', null);
    connection.say('happy-path/test/places/1', published);

    expect(heard).toHaveBeenCalledExactlyOnceWith(published);
  });
});

describe('onReconnect', () => {
  it('calls back each time the channel comes up, until it is stopped', async () => {
    const callback = vi.fn();
    const stop = realtime.onReconnect(callback);
    (await opened()).connection.emit('connect');
    expect(callback).toHaveBeenCalledTimes(1);

    realtime.reconnect();
    (await opened(2)).connection.emit('connect');
    stop();
    realtime.reconnect();
    (await opened(3)).connection.emit('connect');

    expect(callback).toHaveBeenCalledTimes(2);
  });
});
