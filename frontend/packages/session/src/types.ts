import type { Ref } from 'vue';

/** Who is signed in: `id` is the subject of the token, as the API and the topics know it. */
export interface SessionUser {
  id: string;
  name?: string;
  groups: string[];
}

export interface Session {
  readonly user: Readonly<Ref<SessionUser | undefined>>;
  /** Settles when the kept sign-in of an earlier visit, if any, is known. */
  readonly ready: Promise<void>;
  /** Leaves for the sign-in page; the person comes back to `returnTo`, a path within the app, by default to where they are. */
  signIn(returnTo?: string): Promise<void>;
  /** On the callback page: finishes the sign-in and says where to go on. */
  completeSignIn(): Promise<string>;
  signOut(): Promise<void>;
  /** A token good for at least the next half minute; nothing for guests; rejects when it cannot be renewed for want of a network. */
  accessToken(options?: { refresh?: boolean }): Promise<string | undefined>;
}
