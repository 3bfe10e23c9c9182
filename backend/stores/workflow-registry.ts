import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
import { parameterNames } from '#contracts/parameters.ts';
import { workflowVersion } from '#contracts/photos.ts';

/** A version that photos may be sent to, as its stack registered it. */
export interface RegisteredWorkflow {
  readonly version: string;
  readonly stateMachineArn: string;
}

/** The workflow versions that are deployed. */
export interface WorkflowRegistry {
  /** In the order of their numbers. */
  list(): Promise<readonly RegisteredWorkflow[]>;
}

const number = ({ version }: RegisteredWorkflow) => Number(version.slice(1));

/** The parameters that workflow stacks make when they are deployed and take along when they are deleted. */
export class SsmWorkflowRegistry implements WorkflowRegistry {
  readonly #client: SSMClient;
  readonly #prefix: string;

  constructor(client: SSMClient, stage: string) {
    this.#client = client;
    this.#prefix = parameterNames.workflow(stage, '');
  }

  async list(): Promise<readonly RegisteredWorkflow[]> {
    const registered: RegisteredWorkflow[] = [];
    const Path = this.#prefix.replace(/\/$/, '');
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client: this.#client }, { Path })) {
      for (const { Name = '', Value = '' } of Parameters) {
        const version = Name.slice(this.#prefix.length);
        if (workflowVersion.safeParse(version).success) registered.push({ version, stateMachineArn: Value });
      }
    }
    return registered.sort((a, b) => number(a) - number(b));
  }
}
