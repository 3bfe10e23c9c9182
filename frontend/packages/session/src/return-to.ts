/** Where the person was before the sign-in: only ever a path of this app, never an address elsewhere. */
export function returnToOf(state: unknown): string {
  const wanted =
    typeof state === 'object' && state !== null && 'returnTo' in state ? state.returnTo : undefined;
  return typeof wanted === 'string' && /^\/(?![/\\])/.test(wanted) ? wanted : '/';
}
