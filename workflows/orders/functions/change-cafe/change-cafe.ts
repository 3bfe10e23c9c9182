import { isDeepStrictEqual } from 'node:util';
import type { Cafe, ChangeCafeRequest } from '#contracts/api/orders.ts';
import type { Menu } from '#contracts/orders.ts';
import type { CafeItem } from '#contracts/tables/order-items.ts';
import { ConflictError, ForbiddenError, InvalidError } from '#platform/errors.ts';
import { type Caller, isIn } from '#platform/middleware/caller.ts';
import { cafeOfStaff } from '../../access.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';
import { cafeStaffView } from '../../views.ts';

interface Dependencies {
  readonly cafes: CafeStore;
  readonly preOrder: Cafe['preOrder'];
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly cafeId: string };
  readonly body: ChangeCafeRequest;
  readonly caller: Caller | undefined;
}

/** What a drink may cost with its dearest options, in hundredths. */
const mostCents = 100_000;

/**
 * Sets a café up, opens or closes it, or changes its menu, capacity or staff: one conditional write upon the revision
 * that the caller knows. Orders that run go on as they were.
 */
export const changeCafe =
  ({ cafes, preOrder, now }: Dependencies) =>
  async ({ path: { cafeId }, body, caller }: Request): Promise<Cafe> => {
    const { revision, ...changes } = body;
    if (!isIn(caller, 'admins') && (revision === 0 || changes.staff)) {
      throw new ForbiddenError('Expected an admin: only admins set cafés up and choose their staff.');
    }
    const dear = changes.menu && tooDear(changes.menu);
    if (dear) {
      const message = `Expected a drink of at most ${mostCents / 100} with all its options, got more for ${dear}.`;
      throw new InvalidError(message, { details: [{ path: 'body.menu', message }] });
    }
    const current = revision === 0 ? undefined : await cafeOfStaff(cafes, cafeId, caller);
    if (current && current.revision !== revision) throw outdated();
    const before = current ?? newCafe(cafeId, changes);
    const after: CafeItem = { ...before, ...given(changes) };
    if (!current || !isDeepStrictEqual(before, after)) {
      const next = { ...after, revision: revision + 1, changedAt: now().toISOString() };
      if (!(await cafes.replace(next))) throw outdated();
      return cafeStaffView(next, preOrder, await cafes.running(cafeId));
    }
    return cafeStaffView(before, preOrder, await cafes.running(cafeId));
  };

/** What a body leaves out stays as it is. */
const given = (changes: Omit<ChangeCafeRequest, 'revision'>): Partial<CafeItem> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

function newCafe(
  cafeId: string,
  { name, currency, timeZone, capacity }: Omit<ChangeCafeRequest, 'revision'>,
): CafeItem {
  if (!name || !currency || !timeZone || !capacity) {
    const missing = Object.entries({ name, currency, timeZone, capacity }).filter(([, value]) => !value);
    throw new InvalidError('Expected name, currency, time zone and capacity of the new café.', {
      details: missing.map(([field]) => ({ path: `body.${field}`, message: 'Expected it for a new café' })),
    });
  }
  const empty = { isOpen: false, menu: [], staff: [], revision: 0, changedAt: '' };
  return { entity: 'cafe', cafeId, name, currency, timeZone, capacity, ...empty };
}

/** The name of a drink that could become too dear. */
const tooDear = (menu: Menu): string | undefined =>
  menu.find(
    ({ cents, modifiers }) =>
      modifiers.reduce(
        (sum, { options }) => sum + Math.max(...options.map((option) => option.cents)),
        cents,
      ) > mostCents,
  )?.name;

const outdated = () =>
  new ConflictError('Another barista changed the café since you read it. Look at it again, then change it.');
