import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { localClientConfig } from './aws.ts';

/** Follows the logs of the functions of a running app. */
export interface FunctionLogs {
  /** The lines that came since the last call, oldest first. */
  read(): Promise<string[]>;
}

/**
 * Opens the logs of all functions, or of those whose name contains a text.
 *
 * @param since - the first read goes back to this time, in milliseconds
 */
export function openFunctionLogs(endpoint: string, name: string | undefined, since: number): FunctionLogs {
  const client = new CloudWatchLogsClient(localClientConfig(endpoint));
  const seen = new Set<string>();
  const wantedStreams = new Set<string>();
  let from = since;
  const read = async () => {
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
    const groups = logGroups.flatMap((group) => group.logGroupName ?? []);
    const pages = await Promise.all(groups.map((group) => readGroup(client, group, from)));
    const fresh = pages.flat().filter((event) => !seen.has(keyOf(event)));
    for (const event of fresh) seen.add(keyOf(event));
    // Late events carry an earlier time: each read looks back a little over what it has seen.
    from = Math.max(from, ...fresh.map((event) => (event.timestamp ?? 0) - 5000));
    for (const { logStreamName = '' } of fresh.filter((event) => mentions(event, name))) {
      wantedStreams.add(logStreamName);
    }
    return fresh
      .filter(({ logStreamName = '' }) => wantedStreams.has(logStreamName))
      .sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0))
      .map(formatEvent);
  };
  return { read };
}

async function readGroup(client: CloudWatchLogsClient, logGroupName: string, startTime: number) {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new FilterLogEventsCommand({ logGroupName, startTime, nextToken }));
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

const keyOf = (event: FilteredLogEvent): string =>
  `${event.eventId} ${event.logStreamName} ${event.timestamp} ${event.message}`;

/** A stream is of one function, and its structured lines name the function; its START and END lines do not. */
function mentions({ logStreamName = '', message = '' }: FilteredLogEvent, name: string | undefined): boolean {
  return !name || `${logStreamName} ${message}`.toLowerCase().includes(name.toLowerCase());
}

function formatEvent({ timestamp = 0, message = '' }: FilteredLogEvent): string {
  return `${new Date(timestamp).toISOString().slice(11, 23)} ${message.trimEnd()}`;
}
