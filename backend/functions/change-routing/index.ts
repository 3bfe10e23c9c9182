import * as z from 'zod';
import { changeRoutingRequest } from '#contracts/api/workflows.ts';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { ssm } from '#platform/clients/ssm.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { DynamoDbRoutingStore } from '../../stores/routing-store.ts';
import { SsmWorkflowRegistry } from '../../stores/workflow-registry.ts';
import { changeRouting } from './change-routing.ts';

const config = loadConfig({ TABLE_NAME: z.string().min(1), STAGE_NAME: z.string().min(1) }, process.env);

export const handler = apiHandler(
  { access: ['admins'], body: changeRoutingRequest },
  changeRouting({
    routing: new DynamoDbRoutingStore(dynamodb(), config.TABLE_NAME),
    registry: new SsmWorkflowRegistry(ssm(), config.STAGE_NAME),
    now: () => new Date(),
  }),
);
