import type { Page } from "@sidedesk/contract";

/** All of a list that is never long, a page after another; of one that may be, about the first `most`. */
export async function everyPage<T>(
  list: (page: { limit: number; cursor?: string | undefined }) => Promise<Page<T>>,
  most = Infinity,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 100, cursor });
    all.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor && all.length < most);
  return all;
}
