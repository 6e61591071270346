/** Works on a list some at a time, the next ones when those are done. @returns what became of each, in order */
export async function someAtOnce<Item, Result>(
  list: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let index = 0; index < list.length; index += atOnce)
    results.push(...(await Promise.all(list.slice(index, index + atOnce).map(work))));
  return results;
}
