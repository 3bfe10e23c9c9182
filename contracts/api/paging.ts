import * as z from 'zod';

export const pageLimit = z.coerce
  .number()
  .int('Expected a whole number')
  .min(1, 'Expected 1 to 100')
  .max(100, 'Expected 1 to 100');

/** An opaque place to go on reading from; only ever handed back as it came. */
export const cursor = z.string().min(1).max(1024);

/** A page of a list: `nextCursor` is absent on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: cursor.optional() });
