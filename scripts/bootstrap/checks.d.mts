type Version = [number, number, number];
type LockFile = {
  packages?: Record<string, { version?: string; optional?: boolean; devOptional?: boolean; peer?: boolean }>;
};
export const oldestNode: [number, number];
export const oldestPython: [number, number];
export function parseVersion(text: string | undefined): Version | undefined;
export function isAtLeast(version: Version | undefined, oldest: [number, number]): boolean;
export function pythonCandidates(asked?: string): string[];
export function isInstalled(lock: LockFile | undefined, hidden: LockFile | undefined): boolean;
export function requirementsStamp(requirements: string, folder: string): string;
export function installAdvice(output: string): string;
export function tellingLines(output: string): string;
