import { ApiError, type RoutingView, type WorkflowView } from '@happy-path/api-client';
import { type Loadable, loadErrorOf, useLiveTopics, useLoad, useServices } from '@happy-path/app';
import { type ComputedRef, computed, onScopeDispose, type Ref, ref } from 'vue';
import { type Decision, routesAfter, versionsIn } from './decisions.ts';
import { messages } from './messages.ts';

const rhythm = 5000;

/** A version as it is shown: one that the routing names may not be deployed. */
export interface ShownVersion {
  readonly version: string;
  readonly workflow: WorkflowView | undefined;
}

export type Decided = { readonly done: true } | { readonly done: false; readonly why: string };

export interface UseWorkflows extends Loadable {
  readonly routing: ComputedRef<RoutingView | undefined>;
  readonly versions: ComputedRef<ShownVersion[]>;
  readonly deciding: Readonly<Ref<boolean>>;
  /** Changes where new photos go; tells why not when somebody else was faster or the server refused. */
  decide(decision: Decision, upon: RoutingView): Promise<Decided>;
}

/** The versions of the workflow with their traffic, read again every few seconds while somebody looks. */
export function useWorkflows(): UseWorkflows {
  const { api } = useServices();
  const { value, state, error, refresh, reread } = useLoad(
    () => 'workflows',
    (signal) => api.getWorkflows({ signal }),
  );
  useLiveTopics({ onNotification: () => {}, onReconnect: reread });
  const timer = setInterval(() => document.hidden || void reread(), rhythm);
  onScopeDispose(() => clearInterval(timer));

  const routing = computed(() => value.value?.routing);
  const versions = computed(() => {
    if (!value.value) return [];
    const { routing, workflows } = value.value;
    const registered = workflows.map(({ version }) => version);
    return versionsIn(routing, registered).map((version) => ({
      version,
      workflow: workflows.find((one) => one.version === version),
    }));
  });

  const deciding = ref(false);
  async function decide(decision: Decision, upon: RoutingView): Promise<Decided> {
    deciding.value = true;
    try {
      await api.changeRouting({ ...routesAfter(upon, decision), revision: upon.revision });
      await refresh();
      return { done: true };
    } catch (cause) {
      const conflict = cause instanceof ApiError && cause.status === 409;
      if (conflict) await refresh();
      const stale = conflict && routing.value?.revision !== upon.revision;
      return { done: false, why: stale ? messages.stale : loadErrorOf(cause).message };
    } finally {
      deciding.value = false;
    }
  }

  return { routing, versions, deciding, decide, state, error, refresh };
}
