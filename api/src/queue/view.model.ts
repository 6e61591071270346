import type { FilterInput, TicketSort } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { beyond, type Place } from "../core/data/page.ts";
import { inSession } from "../core/data/transaction.ts";

/** A saved view of the queue: somebody's own, or shared with all staff of the site. */
export interface ViewDocument {
  _id: string;
  siteId: string;
  owner: { id: string; name: string };
  name: string;
  /** As it was sent, so that it is answered as it was sent. */
  filter: FilterInput;
  sort: TicketSort | null;
  shared: boolean;
  createdAt: Date;
}

const schema = new Schema<ViewDocument>(
  { _id: String, siteId: String },
  { collection: "views", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, shared: 1, name: 1, _id: 1 }); // findViews: those shared
schema.index({ siteId: 1, "owner.id": 1, shared: 1, name: 1, _id: 1 }); // findViews: one's own, countViews
const ViewModel = mongoose.model<ViewDocument>("View", schema);
export const views = (): mongo.Collection<ViewDocument> => ViewModel.db.collection<ViewDocument>("views");

/** One that this person may see, or null: others' own views do not exist for them. */
export async function findView(siteId: string, id: string, personId: string): Promise<ViewDocument | null> {
  const view = await views().findOne({ _id: id, siteId }, inSession());
  return view && (view.shared || view.owner.id === personId) ? view : null;
}

/** A page of what this person sees, by name. */
export function findViews(
  siteId: string,
  personId: string,
  options: { after?: Place<string> | undefined; limit: number },
): Promise<ViewDocument[]> {
  const { after, limit } = options;
  const place = beyond<ViewDocument>("name", 1, after);
  const mine = { siteId, "owner.id": personId, shared: false, ...place };
  return views()
    .find({ $or: [{ siteId, shared: true, ...place }, mine] })
    .sort({ name: 1, _id: 1 })
    .limit(limit)
    .toArray();
}

export const countViews = (siteId: string, personId: string): Promise<number> =>
  views().countDocuments({ siteId, "owner.id": personId }, inSession());
