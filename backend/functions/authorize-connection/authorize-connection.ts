import * as z from 'zod';
import { topics } from '#contracts/topics.ts';
import type { Identity, TokenVerifier } from '#platform/clients/token-verifier.ts';
import { isIn, staffGroups } from '#platform/middleware/caller.ts';

/** What AWS IoT Core sends to a custom authorizer, as far as it is used: the token is in the query string. */
export const connectionRequest = z.object({
  token: z.string().optional(),
  protocolData: z.object({
    http: z.object({ queryString: z.string().optional() }).optional(),
    mqtt: z.object({ clientId: z.string().optional() }).optional(),
  }),
});
export type ConnectionRequest = z.infer<typeof connectionRequest>;

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string;
  readonly Resource: string | string[];
}

/** What AWS IoT Core expects back; times in seconds, 300 to 86,400. */
export interface ConnectionAnswer {
  readonly isAuthenticated: boolean;
  readonly principalId: string;
  readonly disconnectAfterInSeconds: number;
  readonly refreshAfterInSeconds: number;
  readonly policyDocuments: readonly {
    readonly Version: '2012-10-17';
    readonly Statement: readonly Statement[];
  }[];
}

interface Dependencies {
  readonly verifier: TokenVerifier;
  /** `arn:aws:iot:<region>:<account>`. */
  readonly iotArn: string;
  readonly topicPrefix: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const shortest = 300;
const longest = 86_400;

/**
 * Says what a connection to the notification channel may hear: guests the public topics (places and cafés), users also their own,
 * the staff also its own, nobody publishes; the connection ends with the token.
 */
export const authorizeConnection =
  ({ verifier, iotArn, topicPrefix, now }: Dependencies) =>
  async (request: ConnectionRequest): Promise<ConnectionAnswer> => {
    const token = request.token ?? new URLSearchParams(request.protocolData.http?.queryString).get('token');
    const identity = token ? await verifier.verify(token) : undefined;
    const seconds = identity ? Math.floor(identity.expiresAt - now() / 1000) : longest;
    const lifetime = Math.min(longest, Math.max(shortest, seconds));
    const heard = audible(identity).map((topic) => `${topicPrefix}/${topic}`);
    const statement = (Action: string, kind: string) => ({
      Effect: 'Allow' as const,
      Action,
      Resource: heard.map((topic) => `${iotArn}:${kind}/${topic}`),
    });
    return {
      isAuthenticated: true,
      principalId: principal(identity),
      disconnectAfterInSeconds: lifetime,
      refreshAfterInSeconds: lifetime,
      policyDocuments: [
        {
          Version: '2012-10-17',
          Statement: [
            // A client id is chosen by the client; it gives no rights, so any that carries our prefix will do.
            { Effect: 'Allow', Action: 'iot:Connect', Resource: `${iotArn}:client/happy-path-*` },
            statement('iot:Subscribe', 'topicfilter'),
            statement('iot:Receive', 'topic'),
          ],
        },
      ],
    };
  };

const audible = (identity: Identity | undefined): readonly string[] => [
  topics.place('*'),
  topics.cafe('*'),
  ...(identity ? [topics.user(identity.userId)] : []),
  ...(isIn(identity, ...staffGroups) ? ['staff/*'] : []),
];

/** AWS IoT takes letters and digits only here. */
const principal = (identity: Identity | undefined) =>
  identity ? `user${identity.userId.replace(/[^a-zA-Z0-9]/g, '')}`.slice(0, 128) : 'guest';
