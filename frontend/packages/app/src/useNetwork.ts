import type { Network } from './network.ts';
import { useServices } from './services.ts';

/** Whether the server can be reached. */
export const useNetwork = (): Network => useServices().network;
