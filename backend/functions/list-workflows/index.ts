import * as z from 'zod';
import { dynamodb } from '#platform/clients/dynamodb.ts';
import { sfn } from '#platform/clients/sfn.ts';
import { ssm } from '#platform/clients/ssm.ts';
import { loadConfig } from '#platform/config.ts';
import { apiHandler } from '#platform/middleware/api.ts';
import { staffGroups } from '#platform/middleware/caller.ts';
import { DynamoDbRoutingStore } from '../../stores/routing-store.ts';
import { SsmWorkflowRegistry } from '../../stores/workflow-registry.ts';
import { listWorkflows } from './list-workflows.ts';
import { SfnMachines } from './sfn-machines.ts';

const config = loadConfig(
  { TABLE_NAME: z.string().min(1), STAGE_NAME: z.string().min(1), CONSOLE_URL: z.url().optional() },
  process.env,
);

export const handler = apiHandler(
  { access: staffGroups },
  listWorkflows({
    routing: new DynamoDbRoutingStore(dynamodb(), config.TABLE_NAME),
    registry: new SsmWorkflowRegistry(ssm(), config.STAGE_NAME),
    machines: new SfnMachines(sfn()),
    now: () => new Date(),
    consoleUrl: config.CONSOLE_URL,
  }),
);
