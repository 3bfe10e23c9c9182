/** Does the work while no other tab does the same, waiting for its turn; alone where the browser has no locks. */
export function exclusively<Result>(
  id: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const locks: LockManager | undefined = navigator.locks ?? undefined;
  return locks ? locks.request(`happy-path-upload-${id}`, { signal }, work) : work();
}
