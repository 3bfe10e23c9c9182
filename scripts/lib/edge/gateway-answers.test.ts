import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { root } from '../paths.ts';
import { gatewayAnswers, gatewayError } from './gateway-answers.ts';

const template = z.object({
  Resources: z.object({
    Api: z.object({
      Properties: z.object({
        GatewayResponses: z.record(
          z.string(),
          z.object({ ResponseTemplates: z.object({ 'application/json': z.string() }) }),
        ),
      }),
    }),
  }),
});

/** The stacks with an API behind the edge; a working tree may be without the orders. */
const paths = ['backend/template.yaml', 'workflows/templates/orders/template.yaml'].filter((path) =>
  existsSync(join(root, path)),
);

it.each(paths)('says what the API Gateway of %s says', (path) => {
  // Prepare
  const { Resources } = template.parse(parse(readFileSync(join(root, path), 'utf8'), { logLevel: 'silent' }));
  const { DEFAULT_4XX: withText, ...responses } = Resources.Api.Properties.GatewayResponses;

  // Act
  const onAws = Object.fromEntries(
    Object.entries(responses).map(([type, response]) => [
      type,
      JSON.parse(response.ResponseTemplates['application/json']),
    ]),
  );

  // Assess
  const locally = Object.entries(gatewayAnswers).map(([type, error]) => [type, { error }]);
  expect(onAws).toEqual(Object.fromEntries(locally));
  expect(withText?.ResponseTemplates['application/json']).toContain('"code":"INVALID_REQUEST"');
});

it.each([
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [413, 'INVALID_REQUEST'],
  [429, 'TOO_MANY_REQUESTS'],
  [502, 'INTERNAL'],
  [504, 'INTERNAL'],
])('gives a refusal with status %i the code %s', (status, code) => {
  expect(gatewayError(status).error.code).toBe(code);
});
