import { useServices } from '../services.ts';
import type { Network } from './network.ts';

/** Whether the server can be reached. */
export const useNetwork = (): Network => useServices().network;
