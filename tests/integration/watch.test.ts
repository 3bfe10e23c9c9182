import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLocal, deployOnce, type Job } from '../../scripts/lib/local-stacks.ts';
import { root as repository } from '../../scripts/lib/paths.ts';
import { createProgress } from '../../scripts/lib/progress.ts';
import type { Stack } from '../../scripts/lib/stacks.ts';
import { connect } from '../../scripts/lib/watch/live-stack.ts';
import { settleStack } from '../../scripts/lib/watch/renew.ts';
import { type Sources, watchSources } from '../../scripts/lib/watch/sources.ts';
import { watchStacks } from '../../scripts/lib/watch/watch.ts';
import { stackResources } from '../support/aws.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aws, outputs } from './app.ts';

/** A small project of its own, with two stacks that share a function: no test edits a file of the repository. */
const project = mkdtempSync(join(tmpdir(), 'happy-path-watch-'));
const stateFolder = join(project, '.local', 'state');
const stack = (name: string): Stack => ({
  name,
  root: project,
  template: `workflows/templates/${name}/template.yaml`,
  stackName: `watch-test-${name}`,
  configEnv: name,
  inputs: ['workflows', 'contracts'],
});
const stacks = [stack('w1'), stack('w2')];
const later = stack('w3');
const silent = createProgress({ write: () => undefined });
const job: Job = {
  stateFolder,
  stacks,
  apps: false,
  parameters: {},
  progress: silent,
  endpoint: outputs.endpoint,
  webPort: 0,
  signal: new AbortController().signal,
};

const path = (file: string) => join(project, file);
const read = (file: string) => readFileSync(path(file), 'utf8');
function write(file: string, text: string) {
  mkdirSync(dirname(path(file)), { recursive: true });
  writeFileSync(path(file), text);
}
const replace = (file: string, from: string, to: string) => write(file, read(file).replace(from, to));

const useCase = 'workflows/functions/say-word/index.ts';
const shared = 'contracts/word.ts';
const definition = (name: string) => `workflows/statemachines/${name}.asl.json`;
const template = (name: string) => `workflows/templates/${name}/template.yaml`;

function makeProject() {
  symlinkSync(join(repository, 'node_modules'), path('node_modules'));
  mkdirSync(stateFolder, { recursive: true });
  write('package.json', '{ "type": "module", "imports": { "#contracts/*": "./contracts/*" } }');
  write(shared, "export const word = 'one';\n");
  write(
    useCase,
    "import { word } from '#contracts/word.ts';\nexport const handler = async () => ({ word, tone: process.env.TONE });\n",
  );
  const settings = readFileSync(join(repository, 'samconfig.toml'), 'utf8');
  const [own = ''] = /\[v1\.global[\s\S]*?(?=\n\[(?!v1\.)|$)/.exec(settings) ?? [];
  const sections = [...stacks, later].map(({ name, stackName }) =>
    own.replaceAll('happy-path-workflow-v1', stackName).replaceAll('v1', name),
  );
  write('samconfig.toml', ['version = 0.1', ...sections].join('\n'));
  for (const { name } of stacks) {
    write(template(name), templateText(name));
    write(definition(name), definitionText);
  }
}

const templateText = (name: string) => `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String }
Resources:
  SayWordFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ../../functions/say-word/
      Handler: index.handler
      Runtime: nodejs24.x
      Timeout: 60
      Environment: { Variables: { TONE: low } }
    Metadata:
      BuildMethod: esbuild
      BuildProperties: { EntryPoints: [index.ts], Target: node24, Format: cjs, Minify: true, KeepNames: true }
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: ../../statemachines/${name}.asl.json
      DefinitionSubstitutions: { SayWordFunctionArn: !GetAtt SayWordFunction.Arn }
`;
const definitionText = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Say Word",
  "States": {
    "Say Word": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "TimeoutSeconds": 10,
      "Arguments": { "FunctionName": "\${SayWordFunctionArn}" },
      "End": true
    }
  }
}
`;

const said: string[] = [];
let sources: Sources;
let watching: Promise<void>;

async function startWatching() {
  sources = await watchSources(project);
  const deploy = async (one: Stack) => {
    await buildLocal(one, job.signal);
    await deployOnce(job, one);
  };
  const say = (line: string) => void said.push(line);
  const given = { sources, clients: connect(outputs.endpoint), stateFolder, deploy, say };
  watching = watchStacks({
    ...given,
    listStacks: () => [...stacks, later].filter((one) => existsSync(path(one.template))),
  });
  await hear(/^Watching/);
}

async function stopWatching() {
  await sources.close();
  await watching;
}

/** Waits for a line and forgets it and those before it. */
async function hear(pattern: RegExp): Promise<string> {
  const heard = () => {
    const found = said.findIndex((line) => pattern.test(line));
    return found < 0 ? undefined : found;
  };
  const index = await waitUntil(`a line like ${pattern}`, heard, {
    timeoutMs: 100_000,
    seen: () => said,
  });
  return said.splice(0, index + 1).at(-1) ?? '';
}

async function answer(name: string): Promise<unknown> {
  const ids = await stackResources(aws, `watch-test-${name}`);
  const { Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName: ids.get('SayWordFunction') }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

async function deployedDefinition(name: string): Promise<string> {
  const ids = await stackResources(aws, `watch-test-${name}`);
  const machine = await aws.sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn: ids.get('Machine') }),
  );
  return machine.definition ?? '';
}

beforeAll(async () => {
  makeProject();
  const deployed = stacks.map(async (one) => {
    await buildLocal(one, job.signal);
    await deployOnce(job, one);
  });
  await Promise.all(deployed);
  await startWatching();
});
afterAll(async () => {
  await stopWatching();
  for (const { stackName } of [...stacks, later]) {
    await aws.cloudFormation.send(new DeleteStackCommand({ StackName: stackName }));
  }
  rmSync(project, { recursive: true, force: true });
});

describe('watch mode', () => {
  it('brings a saved file live in every function that is made of it', async () => {
    replace(shared, 'one', 'two');

    expect(await hear(/Updated/)).toMatch(/^✓ Updated SayWordFunction \(w1, w2\) in \d+\.\d s$/);
    expect([await answer('w1'), await answer('w2')]).toEqual([
      { word: 'two', tone: 'low' },
      { word: 'two', tone: 'low' },
    ]);
  });

  it('follows an editor that saves under another name first', async () => {
    write(`${shared}~`, "export const word = 'three';\n");
    renameSync(path(`${shared}~`), path(shared));

    await hear(/Updated SayWordFunction/);
    expect(await answer('w2')).toMatchObject({ word: 'three' });
  });

  it('lets a function finish what it is at', async () => {
    const [began, mayEnd] = [path('began'), path('may-end')];
    const plainly = read(useCase);
    write(
      useCase,
      `import { existsSync, writeFileSync } from 'node:fs';
import { word } from '#contracts/word.ts';
export const handler = async () => {
  writeFileSync('${began}', '');
  while (!existsSync('${mayEnd}')) await new Promise((resolve) => setTimeout(resolve, 50));
  return { word };
};
`,
    );
    await hear(/Updated SayWordFunction/);
    const answered = answer('w1');
    await waitUntil('the function to be at work', () => existsSync(began) || undefined);

    write(useCase, plainly);
    await hear(/Updated SayWordFunction/);
    write('may-end', '');

    expect(await answered).toEqual({ word: 'three' });
    expect(await answer('w1')).toEqual({ word: 'three', tone: 'low' });
  });

  it('names the line of a mistake and leaves the last good version running', async () => {
    write(shared, "export const word = 'four;\n");

    expect(await hear(/✗/)).toMatch(
      /^✗ contracts\/word\.ts:1:\d+ .*\n {2}The last good version keeps running\.$/,
    );
    expect(await answer('w1')).toMatchObject({ word: 'three' });

    write(shared, "export const word = 'five';\n");
    await hear(/Updated SayWordFunction/);
    expect(await answer('w1')).toMatchObject({ word: 'five' });
  });

  it('brings a saved definition live with the values of its placeholders', async () => {
    replace(definition('w1'), '"TimeoutSeconds": 10', '"TimeoutSeconds": 11');

    expect(await hear(/Updated/)).toMatch(/^✓ Updated Machine \(w1\) in/);
    const deployed = await deployedDefinition('w1');
    expect(deployed).toContain('"TimeoutSeconds": 11');
    expect(deployed).toMatch(/arn:aws:lambda:.*watch-test-w1-SayWordFunction/);
    expect(await deployedDefinition('w2')).toContain('"TimeoutSeconds": 10');
  });

  it.each([
    ['is no JSON', '"End": true', '"End": true,,', 10],
    ['names a state that is not there', '"StartAt": "Say Word"', '"StartAt": "Say"', 3],
    ['has a wrong value', '"TimeoutSeconds": 11', '"TimeoutSeconds": "11"', 8],
    ['has a placeholder without a value', 'SayWordFunctionArn', 'OtherArn', 9],
  ])('refuses a definition that %s', async (_, from, to, line) => {
    const good = await deployedDefinition('w1');
    replace(definition('w1'), from, to);

    expect(await hear(/✗/)).toContain(`✗ ${definition('w1')}:${line}`);
    expect(await deployedDefinition('w1')).toBe(good);

    replace(definition('w1'), to, from);
    await hear(/Updated Machine/);
  });

  it('deploys the stack of a saved template, and no other', async () => {
    replace(template('w1'), 'TONE: low', 'TONE: high');

    expect(await hear(/Deployed/)).toMatch(/^✓ Deployed w1 in/);
    expect(await answer('w1')).toEqual({ word: 'five', tone: 'high' });
    expect(await answer('w2')).toEqual({ word: 'five', tone: 'low' });
  });

  it.each([
    ['is no YAML', 'Resources:', 'Resources: [', /template\.yaml:\d+:\d+ /],
    ['does not deploy', 'Runtime: nodejs24.x', 'Runtime: nodejs1.x', /template\.yaml:6:3 .*nodejs1\.x/],
  ])('refuses a template that %s', async (_, from, to, expected) => {
    replace(template('w1'), from, to);
    replace(shared, 'five', 'six');

    expect(await hear(/was not deployed/)).toMatch(expected);
    expect(await answer('w1')).toMatchObject({ tone: 'high' });

    replace(template('w1'), to, from);
    replace(shared, 'six', 'five');
    await hear(/Deployed w1/);
    expect(await answer('w1')).toEqual({ word: 'five', tone: 'high' });
  });

  it('follows many files that change at once', async () => {
    replace(shared, 'five', 'seven');
    write(useCase, read(useCase).replace('tone:', 'loud: true, tone:'));
    replace(template('w2'), 'TONE: low', 'TONE: middle');
    replace(definition('w1'), '"TimeoutSeconds": 11', '"TimeoutSeconds": 12');

    await hear(/Deployed w2/);
    expect(await answer('w1')).toEqual({ word: 'seven', loud: true, tone: 'high' });
    expect(await answer('w2')).toEqual({ word: 'seven', loud: true, tone: 'middle' });
    expect(await deployedDefinition('w1')).toContain('"TimeoutSeconds": 12');
  });

  it('deploys a stack that is new, also after it could not be deployed at first', async () => {
    write(definition('w3'), definitionText);
    write(template('w3'), templateText('w3').replace('nodejs24.x', 'nodejs1.x'));
    await hear(/w3 was not deployed/);

    write(template('w3'), templateText('w3'));
    await hear(/Deployed w3/);
    expect(await answer('w3')).toMatchObject({ word: 'seven' });
  });

  it('leaves nothing behind that the next start does not put right', async () => {
    replace(shared, 'seven', 'eight');
    replace(definition('w1'), '"TimeoutSeconds": 12', '"TimeoutSeconds": 13');
    await hear(/Updated/);
    await stopWatching();
    // Back to what CloudFormation knows, so that a deployment finds nothing to do.
    replace(shared, 'eight', 'seven');
    replace(definition('w1'), '"TimeoutSeconds": 13', '"TimeoutSeconds": 12');

    for (const one of stacks) await settleStack(one, connect(outputs.endpoint), stateFolder);

    expect(await answer('w1')).toMatchObject({ word: 'seven' });
    expect(await deployedDefinition('w1')).toContain('"TimeoutSeconds": 12');
    expect(await deployedDefinition('w1')).not.toContain('${');
    await startWatching();
  });
});
