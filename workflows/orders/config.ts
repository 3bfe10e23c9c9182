import * as z from 'zod';

/** Environment variables that several functions have. */
export const settings = {
  name: z.string().min(1),
  seconds: z.coerce.number().int().nonnegative(),
  count: z.coerce.number().int().positive(),
} as const;

/** The limits of orders for later, as the template names them. */
export const preOrderSettings = {
  LEAD_SECONDS: settings.seconds,
  MAX_PRE_ORDER_SECONDS: settings.count,
} as const;

/** The limits of orders for later, as the API spells them. */
export const preOrderOf = (config: { LEAD_SECONDS: number; MAX_PRE_ORDER_SECONDS: number }) => ({
  leadSeconds: config.LEAD_SECONDS,
  maxSeconds: config.MAX_PRE_ORDER_SECONDS,
});
