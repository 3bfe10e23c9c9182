import { useServices } from '../services.ts';
import type { Uploads } from './types.ts';

/** The uploads of this phone: they go on whatever view is open. */
export const useUploads = (): Uploads => useServices().uploads;
