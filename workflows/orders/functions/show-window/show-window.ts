import type { TokenWindow } from '#contracts/api/orders.ts';
import type { Caller } from '#platform/middleware/caller.ts';
import { cafeOfStaff } from '../../access.ts';
import type { CafeStore } from '../../stores/cafe-store.ts';
import type { WindowStore } from '../../stores/window-store.ts';
import { isoOf, secondsOf, type WindowPlan, windowStart } from '../../windows.ts';

interface Dependencies {
  readonly cafes: Pick<CafeStore, 'get'>;
  readonly windows: Pick<WindowStore, 'open'>;
  readonly plan: WindowPlan;
  /** 26 characters that nobody can guess. */
  readonly newSecret: () => string;
  readonly now: () => Date;
}

interface Request {
  readonly path: { readonly cafeId: string };
  readonly caller: Caller | undefined;
}

/** A scan that is repeated long after its window still finds its order. */
const keepSeconds = 24 * 60 * 60;

/** Shows the current window's code to the café's display, and makes it on first demand. */
export const showWindow =
  ({ cafes, windows, plan, newSecret, now }: Dependencies) =>
  async ({ path: { cafeId }, caller }: Request): Promise<TokenWindow> => {
    const cafe = await cafeOfStaff(cafes, cafeId, caller);
    const startsAt = windowStart(secondsOf(now()), plan);
    const endsAt = startsAt + plan.windowSeconds;
    const { tokens } = plan;
    if (!cafe.isOpen) {
      return {
        cafeId,
        isOpen: false,
        tokens,
        tokensLeft: 0,
        startsAt: isoOf(startsAt),
        endsAt: isoOf(endsAt),
      };
    }
    const window = await windows.open({
      entity: 'window',
      cafeId,
      startsAt,
      endsAt,
      code: `${startsAt}-${newSecret()}`,
      tokens,
      tokensLeft: tokens,
      admitted: {},
      expiresAt: endsAt + keepSeconds,
    });
    return {
      cafeId,
      isOpen: true,
      ...(window.tokensLeft > 0 && { code: window.code }),
      tokens: window.tokens,
      tokensLeft: window.tokensLeft,
      startsAt: isoOf(window.startsAt),
      endsAt: isoOf(window.endsAt),
    };
  };
