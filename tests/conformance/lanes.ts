import { limit } from '../../scripts/lib/limit.ts';

/** Works on a list a few at a time, as many phones do at once; answers in the order of the list. */
export function inLanes<In, Out>(
  list: readonly In[],
  work: (one: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const threeAtOnce = limit(3);
  return Promise.all(list.map((one) => threeAtOnce(() => work(one))));
}
