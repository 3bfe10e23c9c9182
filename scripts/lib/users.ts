import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';

/** Someone who can sign in to the local app. */
export interface DemoUser {
  email: string;
  password: string;
  groups: string[];
}

/** The same for everybody, and only ever set on the local AWS. */
const demoPassword = 'Happy-Path-2026';

/** One user of each role, a second visitor to see what others see, and a second barista, of another café. */
export const demoUsers: readonly DemoUser[] = [
  { email: 'visitor@example.com', password: demoPassword, groups: [] },
  { email: 'visitor2@example.com', password: demoPassword, groups: [] },
  { email: 'ranger@example.com', password: demoPassword, groups: ['rangers'] },
  { email: 'barista@example.com', password: demoPassword, groups: ['baristas'] },
  { email: 'barista2@example.com', password: demoPassword, groups: ['baristas'] },
  { email: 'admin@example.com', password: demoPassword, groups: ['admins', 'rangers'] },
];

/** Creates the demo users in a user pool; those that are there keep their ids. */
export async function createDemoUsers(
  client: CognitoIdentityProviderClient,
  userPoolId: string,
): Promise<void> {
  for (const user of demoUsers) await createUser(client, userPoolId, user);
}

async function createUser(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  user: DemoUser,
): Promise<void> {
  const of = { UserPoolId, Username: user.email };
  const UserAttributes = [
    { Name: 'email', Value: user.email },
    { Name: 'email_verified', Value: 'true' },
  ];
  await client
    .send(new AdminCreateUserCommand({ ...of, UserAttributes, MessageAction: 'SUPPRESS' }))
    .catch((error: unknown) => {
      if (!(error instanceof UsernameExistsException)) throw error;
    });
  await client.send(new AdminSetUserPasswordCommand({ ...of, Password: user.password, Permanent: true }));
  for (const GroupName of user.groups)
    await client.send(new AdminAddUserToGroupCommand({ ...of, GroupName }));
}
