export function runInstaller(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; output: string }>;
export function stopOnSignal(): void;
export function endWithNpm(): void;
export const signals: readonly NodeJS.Signals[];
