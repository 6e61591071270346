import { afterCommit, inSession } from "../data/transaction.ts";
import { counters } from "./entry.model.ts";
import { keyRoom, pageRoom, personRoom, signInRoom } from "./streams.ts";

const prefix = "withdrawn|";
/** A sweep looks back over minutes at most; what is older is known everywhere, or its process is gone. */
const keepMs = 3_600_000;
let hear: ((id: string, time: number) => void) | undefined;

/** Sets who is told, in this process, of each withdrawal that it makes itself. */
export function onWithdrawn(told: ((id: string, time: number) => void) | undefined): void {
  hear = told;
}

/** The room whose access was withdrawn, when a document of the counters' collection says so. */
export const withdrawnRoom = (id: string): string | undefined =>
  id.startsWith(prefix) ? id.slice(prefix.length) : undefined;

/**
 * Ends the connections of a room in all processes, as part of the open transaction if there is one: whoever loses a right
 * loses it on every screen. Goes through MongoDB rather than Redis, since it must not be lost. Those who still may come back
 * by themselves, and are judged anew.
 */
async function withdraw(room: string): Promise<void> {
  const counter = await counters().findOneAndUpdate(
    { _id: prefix + room },
    { $inc: { last: 1 }, $currentDate: { at: true }, $set: { expireAt: new Date(Date.now() + keepMs) } },
    { ...inSession(), upsert: true, returnDocument: "after" },
  );
  afterCommit(() => hear?.(prefix + room, counter!.last));
}

/** Ends every connection of somebody whose access, or role, is not what it was. */
export const disconnectPerson = (siteId: string, kind: "customer" | "staff", id: string): Promise<void> =>
  withdraw(personRoom(siteId, kind, id));

/** Ends the connections of a sign-in that was ended. */
export const disconnectSignIn = (id: string): Promise<void> => withdraw(signInRoom(id));

/** Ends the connections of everybody for whom a key vouched that is gone. */
export const disconnectKey = (id: string): Promise<void> => withdraw(keyRoom(id));

/** Ends the connections of a site's pages on an origin that it no longer lists. */
export const disconnectPages = (siteId: string, origin: string): Promise<void> => withdraw(pageRoom(siteId, origin));
