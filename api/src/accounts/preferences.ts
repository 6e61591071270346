import type { ChosenPreferences } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { forgetStaff, StaffModel, type StaffDocument } from "./staff.model.ts";
import { chosenIn, customers, type CustomerDocument } from "./customer.model.ts";

/** One of a site's people. Somebody on the staff of several sites chooses for each. */
export interface PersonRef {
  siteId: string;
  kind: "customer" | "staff";
  id: string;
}

/**
 * What each of these people chose, in their order, read with one query a kind along the ids however many they are; null for
 * who is not there.
 */
export async function readChosen(people: readonly PersonRef[]): Promise<(ChosenPreferences | null)[]> {
  const idsOf = (kind: PersonRef["kind"]) => [...new Set(people.flatMap((one) => (one.kind === kind ? [one.id] : [])))];
  const [customerIds, staffIds] = [idsOf("customer"), idsOf("staff")];
  const found = new Map<string, ChosenPreferences>();
  const keyOf = ({ siteId, kind, id }: PersonRef) => `${siteId} ${kind} ${id}`;
  if (customerIds.length > 0)
    for (const customer of await customers()
      .find({ _id: { $in: customerIds } }, { projection: { siteId: 1, preferences: 1, spoken: 1 } })
      .toArray())
      found.set(keyOf({ siteId: customer.siteId, kind: "customer", id: customer._id }), chosenIn(customer));
  if (staffIds.length > 0)
    for (const { _id, memberships } of await StaffModel.find({ _id: { $in: staffIds } }, { memberships: 1 }).lean<
      StaffDocument[]
    >())
      for (const { siteId, preferences = {} } of memberships)
        found.set(keyOf({ siteId, kind: "staff", id: _id }), preferences);
  return people.map((person) => found.get(keyOf(person)) ?? null);
}

/** Sets and takes back choices by their places, such as `types.ticket.email`. @returns whether there is such a person */
export async function writeChosen(
  { siteId, kind, id }: PersonRef,
  change: { set?: Record<string, unknown>; unset?: readonly string[] },
): Promise<boolean> {
  const under = kind === "customer" ? "preferences" : "memberships.$.preferences";
  const at = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
    Object.fromEntries(entries.map(([place, value]) => [`${under}.${place}`, value]));
  const set = at(Object.entries(change.set ?? {}));
  const unset = at((change.unset ?? []).map((place) => [place, ""] as const));
  const update: mongo.UpdateFilter<CustomerDocument> = {
    ...(Object.keys(set).length > 0 ? { $set: set } : {}),
    ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
  };
  if (Object.keys(update).length === 0) return (await readChosen([{ siteId, kind, id }]))[0] !== null;
  if (kind === "customer") return (await customers().updateOne({ _id: id, siteId }, update)).matchedCount > 0;
  const { matchedCount } = await StaffModel.collection.updateOne(
    { _id: id as never, "memberships.siteId": siteId },
    update as mongo.Document,
  );
  forgetStaff();
  return matchedCount > 0;
}
