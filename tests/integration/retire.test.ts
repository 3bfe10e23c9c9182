import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, describe, expect, it } from 'vitest';
import { parameterNames } from '#contracts/parameters.ts';
import { readStackStatus } from '../../scripts/lib/outputs.ts';
import { localTarget } from '../../scripts/lib/workflow/target.ts';
import { createPlace, requestUpload } from '../support/photos.ts';
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

describe('A version', () => {
  afterAll(async () => {
    await command('activate', 'v1');
  });

  it('that gets photos is not retired', async () => {
    await deployVersion();
    expect(await registered()).toBe(true);
    for (const decision of [
      ['activate', version],
      ['canary', version, '1'],
      ['activate', version, '--place', '01K0A1B2C3D4E5F6G7H8J9KMNP'],
    ]) {
      expect((await command('activate', 'v1')).code).toBe(0);
      expect((await command(...decision)).code, decision.join(' ')).toBe(0);
      expect(await command('retire', version), decision.join(' ')).toMatchObject({
        code: 1,
        output: expect.stringContaining(`to ${version}`),
      });
    }
    await command('activate', 'default', '--place', '01K0A1B2C3D4E5F6G7H8J9KMNP');
    expect(await readStackStatus(aws.cloudFormation, stackName)).toBe('CREATE_COMPLETE');
  });

  it('that has photos on their way is not retired, and the command says how many and where they stand', async () => {
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
    expect((await command('status')).output).toMatch(new RegExp(`${version}\\W+1\\b`));
    await changeItem(photoId, { status: 'AWAITING_UPLOAD', workflow: 'v1' });
  });

  it('that nothing needs is retired with its stack, and photos cannot be sent to it any more', async () => {
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
