import { type Ref, shallowReadonly, shallowRef } from 'vue';

/** How far a run over many things is. */
export interface Progress {
  readonly state: 'running' | 'paused';
  readonly done: number;
}

export interface Run {
  /** Nothing while no run is on. */
  readonly progress: Readonly<Ref<Progress | undefined>>;
  start(): Promise<void>;
  pause(): void;
  resume(): Promise<void>;
  stop(): void;
}

/**
 * Does one thing after the other until there is none left; can be paused, and pauses itself when something goes wrong.
 *
 * @param step - does the next thing; true when it was done, false when it was passed over, nothing when none is left
 */
export function createRun(
  step: () => Promise<boolean | undefined>,
  { onEnd, onProblem }: { onEnd: (done: number) => void; onProblem: (error: unknown) => void },
): Run {
  const progress = shallowRef<Progress>();
  let active = false;

  async function go(): Promise<void> {
    // Resumed before the step that was going on has ended: that loop goes on by itself.
    if (active) return;
    active = true;
    try {
      while (progress.value?.state === 'running') {
        const done = await step();
        if (done === undefined) return end();
        if (done && progress.value) progress.value = { ...progress.value, done: progress.value.done + 1 };
      }
    } catch (error) {
      pause();
      onProblem(error);
    } finally {
      active = false;
    }
  }

  function end(): void {
    const done = progress.value?.done ?? 0;
    progress.value = undefined;
    onEnd(done);
  }

  function pause(): void {
    if (progress.value) progress.value = { ...progress.value, state: 'paused' };
  }

  return {
    progress: shallowReadonly(progress),
    async start() {
      if (progress.value) return;
      progress.value = { state: 'running', done: 0 };
      await go();
    },
    pause,
    async resume() {
      if (!progress.value) return;
      progress.value = { ...progress.value, state: 'running' };
      await go();
    },
    stop() {
      progress.value = undefined;
    },
  };
}
