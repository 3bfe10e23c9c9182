import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { readIdentity } from './lib/account.ts';
import { parseArguments } from './lib/args.ts';
import { toolPath } from './lib/aws.ts';
import { deleteStack, emptyBucket, listBuckets } from './lib/delete-stack.ts';
import { edgeAdvice } from './lib/deploy-edge.ts';
import { runMain } from './lib/failure.ts';
import { readStackStatus } from './lib/outputs.ts';
import { createProgress } from './lib/progress.ts';
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
    await progress.step(`Delete ${name}`, () =>
      deleteStack(name, region, { ...process.env, PATH: toolPath() }),
    );
  }
  const [edge] = selectStacks(stacks, ['edge']);
  const advice = edge && (await edgeAdvice(cloudFormation, stackNameFor(edge, stage), { region, stage }));
  if (advice) progress.say(advice);
});
