import { Types } from "mongoose";
import { events, type EventDocument } from "./event.model.ts";

export type WalkedEvent = Pick<EventDocument, "_id" | "siteId" | "type" | "data" | "pending" | "made">;

const projection = { siteId: 1, type: 1, data: 1, pending: 1, made: 1 } as const;
const idAt = (time: number): string => Types.ObjectId.createFromTime(Math.floor(time / 1000)).toHexString();

/** The events recorded on a day (UTC) of all sites, in the order of their ids, which begin with the time. */
export const walkDay = (day: string, after: string | null, limit: number): Promise<WalkedEvent[]> =>
  events()
    .find(
      {
        _id: { ...(after ? { $gt: after } : { $gte: idAt(Date.parse(day)) }), $lt: idAt(Date.parse(day) + 86_400_000) },
      },
      { projection },
    )
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
