import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import * as z from 'zod';
import { orderDecisionRequest, placeOrderRequest, preOrderRequest } from '#contracts/api/orders.ts';
import { ulidSchema } from '#contracts/ids.ts';
import { sfn } from '#platform/clients/sfn.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { dynamodbIdempotency } from '#platform/middleware/idempotency.ts';
import { settings } from '../../config.ts';
import { SfnOrderManager } from '../../stores/order-manager.ts';
import { decideOrder, placeOrder, preOrder, readOrder } from './manage-order.ts';

const config = loadConfig(
  { ORDER_MANAGER_ARN: settings.name, IDEMPOTENCY_TABLE: settings.name },
  process.env,
);
const dependencies = { manager: new SfnOrderManager(sfn(), config.ORDER_MANAGER_ARN) };
const idempotency = dynamodbIdempotency(config.IDEMPOTENCY_TABLE, 24 * 60 * 60);
const ofOrder = { access: 'user', path: z.object({ orderId: ulidSchema }) } as const;

/** The routes that stand before the order manager, in one function, so that its synchronous calls start warm. */
const routes = {
  'POST /cafes/{cafeId}/orders': apiHandler(
    {
      access: 'user',
      path: z.object({ cafeId: ulidSchema }),
      body: preOrderRequest,
      status: 201,
      idempotency,
    },
    preOrder(dependencies),
  ),
  'GET /{orderId}': apiHandler(ofOrder, readOrder(dependencies)),
  'PUT /{orderId}': apiHandler({ ...ofOrder, body: placeOrderRequest }, placeOrder(dependencies)),
  'POST /{orderId}/decisions': apiHandler(
    { ...ofOrder, body: orderDecisionRequest, idempotency },
    decideOrder(dependencies),
  ),
};
type Route = keyof typeof routes;
const isRoute = (route: string): route is Route => Object.hasOwn(routes, route);

export const handler = (event: APIGatewayProxyEvent, context: Context) => {
  const route = `${event.httpMethod} ${event.resource}`;
  if (!isRoute(route)) {
    throw new Error(
      `Expected one of ${Object.keys(routes).join(', ')}, got ${route}. Give the route a handler.`,
    );
  }
  return routes[route](event, context);
};
