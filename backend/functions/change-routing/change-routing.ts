import type { ChangeRoutingRequest, RoutingView } from '#contracts/api/workflows.ts';
import type { Routes, Routing } from '#contracts/tables/items.ts';
import { ConflictError, InvalidError } from '#platform/errors.ts';
import { sameRoutes, versionsIn } from '../../routing.ts';
import type { RoutingStore } from '../../stores/routing-store.ts';
import type { WorkflowRegistry } from '../../stores/workflow-registry.ts';

interface Dependencies {
  readonly routing: RoutingStore;
  readonly registry: WorkflowRegistry;
  readonly now: () => Date;
}

/**
 * Decides which versions new photos go to: one conditional write, which holds from the next photo on. Photos on their
 * way stay with the version they were given.
 */
export const changeRouting =
  ({ routing, registry, now }: Dependencies) =>
  async ({ body }: { readonly body: ChangeRoutingRequest }): Promise<RoutingView> => {
    const wanted = routesIn(body);
    if (wanted.canary?.version === wanted.active) {
      throw new InvalidError(
        `Expected a canary other than the active version, got ${wanted.active} for both. Name another version or leave the canary out.`,
      );
    }
    const current = await routing.get();
    if (current.revision !== body.revision) throw outdated(current, body.revision);
    await requireRegistered(registry, wanted);
    // Deciding the same again must not make a rollback lead to where we are.
    if (sameRoutes(current, wanted)) return current;
    const next: Routing = {
      ...wanted,
      revision: current.revision + 1,
      changedAt: now().toISOString(),
      previous: routesIn(current),
    };
    if (!(await routing.replace(next))) throw outdated(await routing.get(), body.revision);
    return next;
  };

/** The decision itself; a canary without a share and overrides of no place are none. */
function routesIn({ active, canary, places = {} }: Routes): Routes {
  return {
    active,
    ...(canary && canary.percent > 0 && { canary }),
    ...(Object.keys(places).length > 0 && { places }),
  };
}

async function requireRegistered(registry: WorkflowRegistry, wanted: Routes): Promise<void> {
  const registered = (await registry.list()).map(({ version }) => version);
  const missing = versionsIn(wanted).filter((version) => !registered.includes(version));
  if (missing.length === 0) return;
  throw new ConflictError(
    `Expected versions that are deployed (${registered.join(', ') || 'none is'}), got ${missing.join(', ')}. Deploy the workflow's stack first.`,
  );
}

const outdated = (current: Routing, revision: number) =>
  new ConflictError(
    `Expected revision ${current.revision} of the routing, got ${revision}: somebody has changed it since. Read it again and decide anew.`,
  );
