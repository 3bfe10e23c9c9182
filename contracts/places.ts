import * as z from 'zod';

export const placeTypes = ['park', 'trail', 'cafe', 'restaurant', 'bar'] as const;
export const placeType = z.enum(placeTypes);
export type PlaceType = z.infer<typeof placeType>;

/** WGS 84 degrees. */
export const location = z.object({
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
});
export type Location = z.infer<typeof location>;
