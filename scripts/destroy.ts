import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { readIdentity } from './lib/account.ts';
import { parseArguments } from './lib/args.ts';
import { toolPath } from './lib/aws.ts';
import { Failure, runMain } from './lib/failure.ts';
import { readStackStatus } from './lib/outputs.ts';
import { run } from './lib/processes.ts';
import { createProgress } from './lib/progress.ts';
import { failingLines } from './lib/sam.ts';
import { type Stack, selectStacks, stacks } from './lib/stacks.ts';
import { assertPlace, confirm, parseStage, stackNameFor } from './lib/stages.ts';

const usage = 'npm run destroy -- --stage NAME [--stack NAME ...] [--yes]';
const progress = createProgress();

await runMain(async () => {
  const { values } = parseArguments(usage, {
    options: {
      stage: { type: 'string' },
      stack: { type: 'string', multiple: true, default: [] },
      yes: { type: 'boolean', default: false },
    },
  });
  const stage = parseStage(values.stage);
  assertPlace(stage);
  const identity = await readIdentity();
  const { region } = identity;
  const cloudFormation = new CloudFormationClient({ region });
  const wanted: Stack[] = [];
  for (const stack of selectStacks(stacks, values.stack).reverse()) {
    if (await readStackStatus(cloudFormation, stackNameFor(stack, stage))) wanted.push(stack);
  }
  const names = wanted.map((stack) => stackNameFor(stack, stage));
  if (names.length === 0) return console.log(`Nothing of stage ${stage} is deployed in ${region}.`);
  if (!values.yes)
    await confirm('This deletes, with all photos and data in them:', identity, names, `destroy ${stage}`);
  // An emulator's endpoint has no name for each bucket.
  const s3 = new S3Client({ region, forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL) });
  for (const name of names) {
    const buckets = await listBuckets(cloudFormation, name);
    for (const bucket of buckets) {
      await progress.step(`Empty ${bucket}`, () => emptyBucket(s3, bucket));
    }
    await progress.step(`Delete ${name}`, () => deleteStack(name, region));
  }
});

async function listBuckets(client: CloudFormationClient, StackName: string): Promise<string[]> {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName, NextToken }));
    for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (ResourceType === 'AWS::S3::Bucket' && PhysicalResourceId) found.push(PhysicalResourceId);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** CloudFormation deletes empty buckets only; versions and delete markers count as content. */
async function emptyBucket(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket }),
    );
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first) throw new Failure(`Expected to empty ${Bucket}, but ${first.Key} stayed: ${first.Message}`);
  }
}

async function deleteStack(name: string, region: string): Promise<void> {
  const args = ['delete', '--stack-name', name, '--no-prompts', '--region', region];
  const { code, output } = await run('sam', args, { env: { ...process.env, PATH: toolPath() } });
  if (code !== 0) throw new Failure(`${failingLines(output)}\n\nDeleting ${name} failed.`);
}
