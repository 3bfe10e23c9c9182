/** Works on a list a few at a time, as many phones do at once; answers in the order of the list. */
export async function inLanes<In, Out>(
  list: readonly In[],
  work: (one: In) => Promise<Out>,
  lanes = 3,
): Promise<readonly Out[]> {
  const waiting = [...list.entries()];
  const done = new Map<number, Out>();
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, one] = next;
      done.set(at, await work(one));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return [...done].sort(([a], [b]) => a - b).map(([, out]) => out);
}
