import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The commands a client was given, by name and input, and the answers it gives in turn (an Error is thrown). */
export interface StubbedClient<Client> {
  readonly client: Client;
  readonly sent: { readonly name: string; readonly input: Record<string, unknown> }[];
}

interface Sending {
  send: unknown;
}

/** Makes a client answer without a network; after the last answer it goes on with `{}`. */
export function stubClient<Client extends Sending>(
  client: Client,
  ...answers: unknown[]
): StubbedClient<Client> {
  const sent: StubbedClient<Client>['sent'] = [];
  client.send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    sent.push({ name: command.constructor.name, input: command.input });
    const answer = answers.shift() ?? {};
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client, sent };
}

/** A document client that answers without a network. */
export const stubDynamoDb = (...answers: unknown[]) =>
  stubClient(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' })), ...answers);
