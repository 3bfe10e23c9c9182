import { randomUUID } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import type { LocalOutputs } from '../../scripts/lib/outputs.ts';
import type { AwsClients } from './aws.ts';

/** Somebody who is signed in. */
export interface User {
  readonly userId: string;
  readonly email: string;
  readonly token: string;
}

/** Where somebody signs in. */
export type Pool = Pick<LocalOutputs, 'userPoolId' | 'userPoolClientId'>;

const password = 'Happy-Path-2026';

/** Signs a new user of the given groups up and in. */
export async function newUser(
  { cognito }: Pick<AwsClients, 'cognito'>,
  pool: Pool,
  groups: readonly string[] = [],
): Promise<User> {
  const email = `${randomUUID()}@example.com`;
  const of = { UserPoolId: pool.userPoolId, Username: email };
  const UserAttributes = [{ Name: 'email', Value: email }];
  await cognito.send(new AdminCreateUserCommand({ ...of, UserAttributes, MessageAction: 'SUPPRESS' }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...of, Password: password, Permanent: true }));
  for (const GroupName of groups) await cognito.send(new AdminAddUserToGroupCommand({ ...of, GroupName }));
  const token = await signIn({ cognito }, pool, email);
  return { userId: decodeJwt(token).sub ?? '', email, token };
}

/** Signs a user in and answers the access token. */
export async function signIn(
  { cognito }: Pick<AwsClients, 'cognito'>,
  { userPoolId, userPoolClientId }: Pool,
  email: string,
): Promise<string> {
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: userPoolId,
      ClientId: userPoolClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  if (AuthenticationResult?.AccessToken) return AuthenticationResult.AccessToken;
  throw new Error(`Expected an access token for ${email}, got ${JSON.stringify(AuthenticationResult)}`);
}
