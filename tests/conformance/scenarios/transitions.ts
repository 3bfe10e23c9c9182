import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { limit } from '../../../scripts/lib/limit.ts';
import { aws } from '../../integration/app.ts';
import { runOf } from '../../integration/photo-items.ts';
import { broken } from '../breaking.ts';
import { type Exit, exitsOf } from '../definition.ts';
import { stored } from '../ends.ts';
import { type Transition, transitionsOf } from '../executions.ts';
import { inLanes } from '../lanes.ts';
import { runCopy } from '../machine-copy.ts';
import { type Subject, send } from '../subject.ts';
import type { Road, VersionTests } from '../version.ts';

/** Roads that lead to states of every version. */
const commonRoads: Readonly<Record<string, Road>> = {
  'Record Rejection': { sending: () => ({ bytes: Buffer.from('GIF89a') }) },
  'Record Failure': { sending: () => ({ bytes: null }) },
};

const arrow = ({ from, to }: Transition) => `${from} -> ${to}`;

/** Every Catch takes its error, and in the end every way of the definition has been gone. */
export function transitions(subject: Subject, { roads = {} }: Pick<VersionTests, 'roads'>): void {
  const exits = exitsOf(subject.definition);
  const catches = exits.filter(({ why }) => why === 'Catch');
  const breakable = catches.filter((one) => broken(subject.definition, one));
  const gone = new Set<string>();

  /** Runs a copy in which the call of the state fails, for a photo that comes there. */
  const aFewAtOnce = limit(3);
  const goThrough = async (exit: Exit) => {
    const { sending, change }: Road = roads[exit.from] ?? commonRoads[exit.from] ?? {};
    const photoId = await send(subject, { ...(await sending?.()), events: 0 });
    const { definition } = subject;
    const copy = broken(change?.(definition) ?? definition, exit);
    const run = await runCopy(subject, copy ?? definition, photoId);
    const taken = transitionsOf(run).map(arrow);
    for (const one of taken) gone.add(one);
    return { run, taken, photoId };
  };

  describe('A call that fails', () => {
    it.concurrent.each(breakable.map((exit) => ({ ...exit, error: exit.errors.join(' or ') })))(
      'in $from by $error leads to $to',
      async (exit) => {
        // Act
        const { run, taken, photoId } = await aFewAtOnce(() => goThrough(exit));

        // Assess
        expect(taken).toContain(arrow(exit));
        const end = run.states.at(-1);
        expect(run.status).toBe(end === 'Workflow Failed' ? 'FAILED' : 'SUCCEEDED');
        if (exit.to === 'Record Failure') {
          expect(end).toBe('Workflow Failed');
          expect((await stored(photoId)).item).toMatchObject({ status: 'FAILED', reason: 'WORKFLOW_FAILED' });
        }
      },
    );
  });

  describe('Every way of the definition', () => {
    it('has been gone by some execution, with little to carry', async () => {
      // Prepare
      const { executions = [] } = await aws.sfn.send(
        new ListExecutionsCommand({ stateMachineArn: subject.machineArn, maxResults: 1000 }),
      );

      // Act
      let largest = 0;
      await inLanes(executions, async (execution) => {
        const run = await runOf(execution);
        for (const one of transitionsOf(run)) gone.add(arrow(one));
        for (const { stateExitedEventDetails: left } of run.history) {
          largest = Math.max(largest, left?.output?.length ?? 0);
        }
      });

      // Assess: Step Functions passes 256 KB on, and pictures go by reference.
      expect(executions.length).toBeLessThan(1000);
      expect(largest).toBeLessThan(16 * 1024);
      expect(exits.map(arrow).filter((one) => !gone.has(one))).toEqual([]);
    });
  });
}
