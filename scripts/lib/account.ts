import * as z from 'zod';
import { toolPath } from './aws.ts';
import { Failure } from './failure.ts';
import { run } from './processes.ts';

const identitySchema = z.object({ account: z.string(), caller: z.string(), region: z.string() });

/** Whose AWS account a command is about to change. */
export type Identity = z.infer<typeof identitySchema>;

// The Python SDK comes with SAM and reads profiles, sessions and regions exactly as SAM does.
const identityScript = `
import boto3, json, os
region = os.environ.get("AWS_REGION") or boto3.session.Session().region_name or ""
identity = boto3.client("sts", region_name=region or "us-east-1").get_caller_identity()
print(json.dumps({"account": identity["Account"], "caller": identity["Arn"], "region": region}))
`;

const invalidationScript = `
import boto3, sys, time
boto3.client("cloudfront").create_invalidation(
    DistributionId=sys.argv[1],
    InvalidationBatch={"CallerReference": str(time.time()), "Paths": {"Quantity": 1, "Items": ["/*"]}},
)
`;

/** Asks AWS who we are; fails with what to do when there are no credentials or no region. */
export async function readIdentity(): Promise<Identity> {
  const { code, output } = await python(identityScript);
  if (code !== 0) {
    throw new Failure(
      `${output.trim().split('\n').at(-1)}\n\nExpected working AWS credentials. Sign in (for example \`aws sso login\`), ` +
        'set AWS_PROFILE, and run the same command again.',
    );
  }
  const identity = identitySchema.parse(JSON.parse(output));
  if (identity.region) return identity;
  throw new Failure(
    'Expected an AWS region, got none. Set AWS_REGION (for example AWS_REGION=eu-west-1) and run again.',
  );
}

/** Makes CloudFront ask for every file anew. */
export async function invalidate(distributionId: string): Promise<void> {
  const { code, output } = await python(invalidationScript, distributionId);
  if (code !== 0) throw new Failure(`${output.trim()}\n\nExpected CloudFront to take the invalidation.`);
}

function python(script: string, ...args: string[]) {
  return run('python', ['-c', script, ...args], { env: { ...process.env, PATH: toolPath() } });
}
