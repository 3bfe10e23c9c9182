export { createFakeRealtime, type FakeRealtime } from './fake.ts';
export { createMqttRealtime, type MqttRealtimeOptions } from './mqtt.ts';
export type * from './types.ts';
