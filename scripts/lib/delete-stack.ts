import { type CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { Failure } from './failure.ts';
import { run } from './processes.ts';
import { failingLines } from './sam.ts';

/** The buckets of a stack. */
export async function listBuckets(client: CloudFormationClient, StackName: string): Promise<string[]> {
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
export async function emptyBucket(client: S3Client, Bucket: string): Promise<void> {
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

/** Deletes a stack, with the SAM CLI in an environment that finds it. */
export async function deleteStack(name: string, region: string, env: NodeJS.ProcessEnv): Promise<void> {
  const args = ['delete', '--stack-name', name, '--no-prompts', '--region', region];
  const { code, output } = await run('sam', args, { env });
  if (code !== 0) throw new Failure(`${failingLines(output)}\n\nDeleting ${name} failed.`);
}
