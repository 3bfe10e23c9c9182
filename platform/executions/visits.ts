import type { HistoryEvent } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { StateVisit } from '#contracts/api/executions.ts';
import { readable } from './readable.ts';

type Failure = NonNullable<StateVisit['failure']>;

interface Visit {
  readonly name: string;
  readonly type: string;
  readonly enteredAt: string;
  readonly input: unknown;
  readonly parent: Visit | undefined;
  exitedAt?: string;
  output?: unknown;
  status: StateVisit['status'];
  attempts: number;
  failure?: Failure;
  /** How its task, its branches or its items ended last. */
  last?: 'succeeded' | 'failed';
}

const details = z.object({ error: z.string().default('Unknown'), cause: z.string().default('') });
const time = ({ timestamp }: HistoryEvent): string => (timestamp ?? new Date(0)).toISOString();
const isComposite = ({ type }: Visit) => type === 'Parallel' || type === 'Map';
const isOpen = ({ status }: Visit) => status === 'running';

/**
 * Follows an execution's history from event to event and tells which states it visited. Events name their state only
 * at entry and exit; every other one belongs to the state that `previousEventId` leads back to, since the branches of
 * a Parallel and the items of a Map come interleaved.
 */
export class VisitRecorder {
  readonly #previous = new Map<number, number>();
  readonly #entered = new Map<number, Visit>();

  /** Takes the next event, in the order of the history. */
  add(event: HistoryEvent): void {
    const { id = 0, type = '' } = event;
    this.#previous.set(id, event.previousEventId ?? id - 1);
    const [, kind = '', step] = /^([A-Z][a-z]+)State(\w+)$/.exec(type) ?? [];
    if (step === 'Entered') this.#enter(event, kind);
    else if (step === 'Exited') this.#exit(event);
    else if (step === 'Aborted') this.#abort(event);
    else if (step) this.#noteBranches(id, kind, step);
    else if (!type.startsWith('Execution')) this.#noteTask(event, type);
  }

  /** The visits in the order of entry; those that an execution left behind when it stopped have failed with it. */
  visits(stopped?: { readonly at: string; readonly failure?: Failure | undefined }): StateVisit[] {
    const all = [...this.#entered.values()];
    if (stopped)
      for (const visit of all.filter(isOpen)) this.#end(visit, 'failed', stopped.at, stopped.failure);
    return all.map(({ parent: _parent, last: _last, ...visit }) => visit);
  }

  #enter(event: HistoryEvent, type: string): void {
    const { id = 0, stateEnteredEventDetails: { name = '', input } = {} } = event;
    this.#entered.set(id, {
      name,
      type,
      enteredAt: time(event),
      input: readable(input),
      parent: this.#nearest(id, (visit) => isComposite(visit) && isOpen(visit)),
      status: 'running',
      attempts: 0,
    });
  }

  #exit(event: HistoryEvent): void {
    const { id = 0, stateExitedEventDetails: { name, output } = {} } = event;
    const visit = this.#nearest(id, (one) => one.name === name && isOpen(one));
    if (!visit) return;
    if (isComposite(visit)) this.#endInside(visit, time(event));
    visit.output = readable(output);
    this.#end(visit, visit.last === 'failed' ? 'caught' : 'succeeded', time(event));
  }

  #abort(event: HistoryEvent): void {
    const visit = this.#nearest(event.id ?? 0, isOpen);
    if (visit) this.#end(visit, 'failed', time(event));
  }

  /** A branch that failed is never exited. Where the history does not say how it all ended, that tells. */
  #endInside(outer: Visit, at: string): void {
    const inside = [...this.#entered.values()].filter((visit) => isWithin(visit, outer));
    for (const visit of inside.filter(isOpen)) this.#end(visit, 'failed', at);
    const failed = inside.filter(({ status }) => status === 'failed');
    outer.last ??= failed.length > 0 ? 'failed' : 'succeeded';
    const why = failed.findLast(({ failure }) => failure !== undefined)?.failure;
    if (outer.last === 'failed' && why) outer.failure ??= why;
  }

  #noteBranches(id: number, type: string, step: string): void {
    const visit = this.#nearest(id, (one) => one.type === type && isOpen(one));
    if (!visit) return;
    if (step === 'Succeeded') visit.last = 'succeeded';
    if (step === 'Failed') visit.last = 'failed';
  }

  #noteTask(event: HistoryEvent, type: string): void {
    const visit = this.#nearest(event.id ?? 0, isOpen);
    const failure = failureIn(event);
    if (visit && failure) Object.assign(visit, { failure, last: 'failed' });
    // What comes right after a composite state tells of its branches or items.
    if (!visit || failure || isComposite(visit)) return;
    if (type.endsWith('Scheduled')) visit.attempts += 1;
    if (type.endsWith('Succeeded')) visit.last = 'succeeded';
  }

  #end(visit: Visit, status: StateVisit['status'], at: string, failure?: Failure): void {
    Object.assign(visit, { status, exitedAt: at });
    if (failure) visit.failure ??= failure;
  }

  /** Goes back from an event to the first state entered that fits. */
  #nearest(from: number, fits: (visit: Visit) => boolean): Visit | undefined {
    for (let id = this.#previous.get(from); id; id = this.#previous.get(id)) {
      const visit = this.#entered.get(id);
      if (visit && fits(visit)) return visit;
    }
    return undefined;
  }
}

function isWithin(visit: Visit, outer: Visit): boolean {
  for (let around = visit.parent; around; around = around.parent) if (around === outer) return true;
  return false;
}

/** The error in an event's details, whatever kind of task it tells of. */
function failureIn(event: HistoryEvent): Failure | undefined {
  const found = Object.entries(event).find(([name]) => /(Failed|TimedOut)EventDetails$/.test(name))?.[1];
  return found === undefined ? undefined : details.parse(found);
}
