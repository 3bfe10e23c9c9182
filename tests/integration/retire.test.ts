import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameterNames } from '#contracts/parameters.ts';
import type { Routes } from '#contracts/tables/items.ts';
import { readStackStatus } from '../../scripts/lib/outputs.ts';
import { localTarget } from '../../scripts/lib/workflow/target.ts';
import { createPlace, requestUpload } from '../support/photos.ts';
import { decide } from '../support/swap.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs, ranger, visitor, web } from './app.ts';
import { changeItem } from './photo-items.ts';
import { workflowCommand } from './workflow-command.ts';

const command = (...args: string[]) => workflowCommand(outputs.endpoint, ...args);
const version = 'v98';
const stackName = `happy-path-workflow-${version}`;

/** Deploys what counts as a version: a stack of its name that registers it. */
async function deployVersion(): Promise<void> {
  const Properties = { Type: 'String', Name: parameterNames.workflow('local', version), Value: 'arn' };
  const template = { Resources: { Registration: { Type: 'AWS::SSM::Parameter', Properties } } };
  await aws.cloudFormation.send(
    new CreateStackCommand({ StackName: stackName, TemplateBody: JSON.stringify(template) }),
  );
  await waitUntil(
    `${stackName} to be there`,
    async () => (await readStackStatus(aws.cloudFormation, stackName)) === 'CREATE_COMPLETE' || undefined,
  );
}

const registered = async () => {
  const { registry } = await localTarget(outputs.endpoint);
  return (await registry.list()).some((workflow) => workflow.version === version);
};

const place = '01K0A1B2C3D4E5F6G7H8J9KMNP';
const needing: readonly (readonly [string, Routes])[] = [
  ['all of them', { active: version }],
  ['some of them', { active: 'v1', canary: { version, percent: 1 } }],
  ['those of one place', { active: 'v1', places: { [place]: version } }],
];

describe('A version', () => {
  beforeAll(deployVersion);
  afterAll(async () => {
    await decide({ outputs, aws }, () => ({ active: 'v1' }));
  });

  it.each(needing)('that gets photos, %s, is not retired', async (_which, routes) => {
    await decide({ outputs, aws }, () => routes);
    expect(await command('retire', version)).toMatchObject({
      code: 1,
      output: expect.stringContaining(`to ${version}`),
    });
    expect(await readStackStatus(aws.cloudFormation, stackName)).toBe('CREATE_COMPLETE');
  });

  it('that has photos on their way is not retired, and the command says how many and where they stand', async () => {
    await decide({ outputs, aws }, () => ({ active: 'v1' }));
    const { placeId } = await createPlace(web, await ranger());
    const { photoId } = await requestUpload(web, await visitor(), placeId);
    await changeItem(photoId, {
      status: 'PROCESSING',
      workflow: version,
      statusAt: new Date().toISOString(),
    });
    expect(await command('retire', version)).toMatchObject({
      code: 1,
      output: expect.stringContaining('got 1 PROCESSING'),
    });
    expect((await command('status')).output).toMatch(new RegExp(`${version} +(0 +)*1\\b`));
    await changeItem(photoId, { status: 'AWAITING_UPLOAD', workflow: 'v1' });
  });

  it('that nothing needs is retired with its stack, and photos cannot be sent to it any more', async () => {
    expect(await registered()).toBe(true);
    expect(await command('retire', version)).toMatchObject({ code: 0 });
    expect(await readStackStatus(aws.cloudFormation, stackName)).toBeUndefined();
    expect(await registered()).toBe(false);
    expect((await command('activate', version)).code).toBe(1);
  });

  it('that is not deployed is not retired', async () => {
    expect(await command('retire', version)).toMatchObject({
      code: 1,
      output: expect.stringContaining('no stack'),
    });
  });
});
