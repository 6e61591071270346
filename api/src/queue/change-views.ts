import type { View, ViewInput, ViewPatch } from "@sidedesk/contract";
import { newId } from "../core/data/ids.ts";
import { decodeCursor, encodeCursor, pageOf } from "../core/data/page.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError, forbidden, notFound } from "../core/errors.ts";
import { countUpTo } from "../tickets/index.ts";
import type { BulkCaller } from "./bulk.model.ts";
import { selectionOf } from "./selection.ts";
import { countViews, findView, findViews, views, type ViewDocument } from "./view.model.ts";

const mostViews = 100;
const mostCounted = 1000;

const personOf = (caller: BulkCaller): string => (caller.kind === "staff" ? caller.staffId : caller.keyId);

/** Views of the caller, by name; with counts, how many tickets each shows to this caller now. */
export async function listViews(
  caller: BulkCaller,
  query: { limit?: number | undefined; cursor?: string | undefined; counts?: "true" | "false" | undefined },
): Promise<{ data: View[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const [name, id] = query.cursor ? decodeCursor(query.cursor, ["s", "s"]) : [];
  const after = query.cursor ? { value: String(name), id: String(id) } : undefined;
  const found = await findViews(caller.siteId, personOf(caller), { after, limit: limit + 1 });
  const { rows, nextCursor } = pageOf(found, limit, ({ name, _id }) => encodeCursor([name, _id]));
  const data: View[] = [];
  for (const row of rows)
    data.push({
      ...presentView(row),
      ...(query.counts === "true" ? { count: await countUpTo(caller, selectionOf(row.filter), mostCounted) } : {}),
    });
  return { data, nextCursor };
}

/** @throws AppError 409 when the caller has too many */
export function createView(caller: BulkCaller, { name, filter, sort, shared }: ViewInput): Promise<View> {
  return transaction(async () => {
    const { siteId } = caller;
    const owner = { id: personOf(caller), name: caller.name };
    if ((await countViews(siteId, owner.id)) >= mostViews)
      throw new AppError("limit_reached", `You have ${mostViews} views. Delete one first.`);
    const view: ViewDocument = {
      _id: newId(),
      siteId,
      owner,
      name,
      filter,
      sort: sort ?? null,
      shared: shared ?? false,
      createdAt: new Date(),
    };
    await views().insertOne(view, inSession());
    return presentView(view);
  });
}

/** @throws AppError 403 for what somebody else shared, 404 */
export function updateView(caller: BulkCaller, id: string, patch: ViewPatch): Promise<View> {
  return transaction(async () => {
    const view = await getOwn(caller, id);
    const { name, filter, sort, shared } = patch;
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(filter === undefined ? {} : { filter }),
      ...(sort === undefined ? {} : { sort }),
      ...(shared === undefined ? {} : { shared }),
    };
    if (Object.keys(change).length > 0)
      await views().updateOne({ _id: id, siteId: caller.siteId }, { $set: change }, inSession());
    return presentView({ ...view, ...change });
  });
}

/** @throws AppError 403 for what somebody else shared, 404 */
export async function deleteView(caller: BulkCaller, id: string): Promise<void> {
  await getOwn(caller, id);
  await views().deleteOne({ _id: id, siteId: caller.siteId }, inSession());
}

/** A view that this caller may change: their own, and for admins and the owner's systems those shared. */
async function getOwn(caller: BulkCaller, id: string): Promise<ViewDocument> {
  const view = await findView(caller.siteId, id, personOf(caller));
  if (!view) throw notFound("view");
  const rules = caller.kind === "server" || caller.role === "admin" || caller.role === "owner";
  if (!rules && view.owner.id !== personOf(caller))
    throw forbidden("Only whoever made a shared view, and admins, may change it.");
  return view;
}

const presentView = ({ _id, name, filter, sort, shared, owner, createdAt }: ViewDocument): View => ({
  id: _id,
  name,
  filter,
  sort,
  shared,
  owner,
  createdAt: createdAt.toISOString(),
});
