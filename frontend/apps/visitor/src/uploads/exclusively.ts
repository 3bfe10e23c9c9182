/** Does the work while no other tab does the same, waiting for its turn; alone where the browser has no locks. */
export function exclusively<Result>(
  id: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(`happy-path-upload-${id}`, { signal }, work);
}
