/** Names of the SSM parameters by which stacks find each other; the templates spell the same paths. */
export const parameterNames = {
  backend: (stage: string, thing: BackendParameter) => `/happy-path/${stage}/backend/${thing}`,
  orders: (stage: string, thing: OrdersParameter) => `/happy-path/${stage}/orders/${thing}`,
  workflow: (stage: string, version: string) => `/happy-path/${stage}/workflows/${version}`,
} as const;

/** What the backend publishes for other stacks. */
export const backendParameters = [
  'event-bus-name',
  'event-bus-arn',
  'table-name',
  'table-arn',
  'upload-bucket-name',
  'distribution-bucket-name',
  'api-id',
  'user-pool-id',
  'user-pool-client-id',
  'token-issuer',
  'token-audience',
  'token-client-id',
  'request-authorizer-arn',
  'connection-authorizer-name',
  'alarm-topic-arn',
] as const;
export type BackendParameter = (typeof backendParameters)[number];

/** What the café orders publish for other stacks. */
export const ordersParameters = ['api-id'] as const;
export type OrdersParameter = (typeof ordersParameters)[number];
