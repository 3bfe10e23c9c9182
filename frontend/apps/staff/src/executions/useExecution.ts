import { type LiveTopicsOptions, type Loadable, useLiveTopics, useLoad } from '@happy-path/app';
import {
  layoutWorkflow,
  parseWorkflow,
  type WorkflowGraph,
  type WorkflowLayout,
} from '@happy-path/workflow-graph';
import {
  type ComputedRef,
  computed,
  type MaybeRefOrGetter,
  onScopeDispose,
  type Ref,
  toValue,
  watch,
} from 'vue';
import type { Execution } from '#contracts/api/executions.ts';
import { type Outcomes, outcomesOf } from './outcomes.ts';

const whileRunning = 1000;
const whileMissing = 3000;

export interface DrawnExecution {
  readonly graph: WorkflowGraph;
  readonly layout: WorkflowLayout;
}

/** Whose execution it is: a photo's or an order's. */
export interface ExecutionSource<Answer extends Execution> {
  read(id: string, signal: AbortSignal): Promise<Answer>;
  /** Where notifications of it are heard. */
  readonly hears: Pick<LiveTopicsOptions, 'staff' | 'cafeId'>;
}

export interface UseExecution<Answer extends Execution> extends Loadable {
  readonly execution: Readonly<Ref<Answer | undefined>>;
  /** The graph of its workflow; undefined when its definition cannot be drawn. */
  readonly drawn: ComputedRef<DrawnExecution | undefined>;
  readonly outcomes: ComputedRef<Outcomes | undefined>;
  readonly running: ComputedRef<boolean>;
}

/** An execution with its graph; while it runs it is read again each second and at each notification. */
export function useExecution<Answer extends Execution>(
  id: MaybeRefOrGetter<string>,
  { read, hears }: ExecutionSource<Answer>,
): UseExecution<Answer> {
  const { value, state, error, refresh, reread } = useLoad(
    () => toValue(id),
    (signal) => read(toValue(id), signal),
  );
  const running = computed(() => value.value?.status === 'RUNNING');
  useLiveTopics({
    ...hears,
    onNotification: ({ journeyId }) => journeyId === toValue(id) && void reread(),
    onReconnect: reread,
  });
  readAgainAfter([value, error], reread, () => {
    if (error.value && error.value.kind !== 'not-found' && error.value.kind !== 'offline') return undefined;
    if (error.value) return whileMissing;
    return running.value ? whileRunning : undefined;
  });

  // The text stays equal from read to read, so the graph is laid out once.
  const definition = computed(() => value.value && JSON.stringify(value.value.definition));
  const drawn = computed(() => (definition.value === undefined ? undefined : draw(definition.value)));
  const outcomes = computed(() =>
    drawn.value && value.value ? outcomesOf(drawn.value.graph, value.value) : undefined,
  );
  return { execution: value, drawn, outcomes, running, state, error, refresh };
}

function draw(definition: string): DrawnExecution | undefined {
  try {
    const graph = parseWorkflow(JSON.parse(definition));
    return { graph, layout: layoutWorkflow(graph) };
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/** Reads again some time after each answer, as long as the component lives and there is something to wait for. */
function readAgainAfter(
  answers: readonly Ref<unknown>[],
  read: () => Promise<void>,
  wait: () => number | undefined,
) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  watch(answers, () => {
    stop();
    const milliseconds = wait();
    if (milliseconds !== undefined) timer = setTimeout(read, milliseconds);
  });
  onScopeDispose(stop);
}
