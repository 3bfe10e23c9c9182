import type { Traffic } from './month.ts';

/** What docs/costs.md is computed for. */
export const defaultTraffic: Traffic = { ordersPerDay: 960, users: 100_000, photosPerUser: 10 };
