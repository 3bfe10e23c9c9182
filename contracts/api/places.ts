import * as z from 'zod';
import { ulidSchema } from '../ids.ts';
import { location, placeType } from '../places.ts';
import { cursor, pageLimit, pageOf } from './paging.ts';

/** A place as every reader sees it; `distance` in metres, only in answers to `near`. */
export const place = z.object({
  placeId: ulidSchema,
  type: placeType,
  name: z.string(),
  description: z.string(),
  location,
  distance: z.number().nonnegative().optional(),
});
export type Place = z.infer<typeof place>;

export const placePage = pageOf(place);
export type PlacePage = z.infer<typeof placePage>;

const nearPoint = z
  .string()
  .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, 'Expected near=lat,lng in degrees, such as 37.86,-119.54')
  .transform((text) => {
    const [lat, lng] = text.split(',').map(Number);
    return { lat, lng };
  })
  .pipe(location);

/** `GET /places`: `radius` in metres (default 50 km, at most 3,000 km) goes with `near`; `q` is the start of a name. */
export const listPlacesQuery = z
  .strictObject({
    near: nearPoint.optional(),
    radius: z.coerce.number().int().min(1).max(3_000_000).optional(),
    type: placeType.optional(),
    q: z.string().trim().min(1).max(60).optional(),
    limit: pageLimit.default(50),
    cursor: cursor.optional(),
  })
  .refine((query) => query.radius === undefined || query.near !== undefined, {
    path: ['radius'],
    message: 'Expected near=lat,lng together with radius',
  })
  .refine((query) => !(query.near && query.q), {
    path: ['q'],
    message: 'Expected either near or q, not both',
  });
export type ListPlacesQuery = z.infer<typeof listPlacesQuery>;

/** `POST /places` (rangers). */
export const createPlaceRequest = z.strictObject({
  type: placeType,
  name: z.string().trim().min(2).max(120),
  description: z.string().trim().max(2000).default(''),
  location,
});
export type CreatePlaceRequest = z.infer<typeof createPlaceRequest>;
