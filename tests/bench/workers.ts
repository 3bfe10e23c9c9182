import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { round } from './statistics.ts';

/** What the workers of one function used while a meter ran. */
export interface FunctionUse {
  readonly name: string;
  /** CPU seconds, user + system. */
  readonly cpuSeconds: number;
  readonly workers: number;
  readonly peakRssMb: number;
}

interface Worker {
  readonly name: string;
  readonly before: number;
  cpu: number;
  peakRssMb: number;
}

/** `/proc` counts in ticks of 10 ms on every Linux that Node runs on. */
const tickSeconds = 0.01;
const pauseMs = 200;

/**
 * Watches the processes in which an emulator runs functions, by what Linux knows of them. It looks every 200 ms, so of
 * a worker that ends it misses at most that. Elsewhere than on Linux it measures nothing.
 */
export class WorkerMeter {
  static readonly supported = existsSync('/proc/self/stat');
  readonly #mark: string;
  readonly #workers = new Map<string, Worker>();
  readonly #strangers = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor(endpoint: string) {
    // Other emulators on this machine run functions of the same names; the port tells ours.
    this.#mark = `AWS_ENDPOINT_URL=http://127.0.0.1:${new URL(endpoint).port}\0`;
    this.#look(true);
    this.#timer = setInterval(() => this.#look(false), pauseMs);
  }

  /** Ends the watch; functions in the order of what they used. */
  stop(): FunctionUse[] {
    clearInterval(this.#timer);
    this.#look(false);
    const names = new Set([...this.#workers.values()].map(({ name }) => name));
    return [...names].map((name) => this.#sum(name)).sort((a, b) => b.cpuSeconds - a.cpuSeconds);
  }

  #sum(name: string): FunctionUse {
    const own = [...this.#workers.values()].filter((worker) => worker.name === name);
    return {
      name,
      cpuSeconds: round(
        own.reduce((sum, { cpu, before }) => sum + cpu - before, 0),
        2,
      ),
      workers: own.length,
      peakRssMb: Math.max(...own.map(({ peakRssMb }) => peakRssMb)),
    };
  }

  #look(first: boolean): void {
    if (!WorkerMeter.supported) return;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (this.#strangers.has(pid)) continue;
      const cpu = cpuSeconds(pid);
      if (cpu === undefined) continue;
      const worker = this.#workers.get(pid) ?? this.#meet(pid, first ? cpu : 0);
      if (!worker) continue;
      worker.cpu = Math.max(worker.cpu, cpu);
      worker.peakRssMb = Math.max(worker.peakRssMb, peakRss(pid));
    }
  }

  #meet(pid: string, before: number): Worker | undefined {
    const environment = read(pid, 'environ');
    const name = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]*)/.exec(environment)?.[1];
    if (!name || !environment.includes(this.#mark)) {
      // A process that has not become its program yet shows its parent's environment: look again.
      if (environment !== '' && !environment.includes('GATEWAY_PORT=')) this.#strangers.add(pid);
      return undefined;
    }
    const worker = { name, before, cpu: before, peakRssMb: 0 };
    this.#workers.set(pid, worker);
    return worker;
  }
}

function cpuSeconds(pid: string): number | undefined {
  // The program's name, which comes second, may hold blanks and brackets; the numbers follow its last bracket.
  const stat = read(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isFinite(ticks) ? ticks * tickSeconds : undefined;
}

function peakRss(pid: string): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(read(pid, 'status'))?.[1] ?? 0) / 1024);
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended, or belongs to somebody else.
    return '';
  }
}

/** CPU seconds of all functions for each photo. */
export function perPhoto(functions: readonly FunctionUse[], photos: number): number | undefined {
  if (functions.length === 0) return undefined;
  return round(functions.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / photos, 3);
}

/** Gives the functions behind the publication (notifier, journey recorder) time to end. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1500));
