import { serverNow } from "../core/data/server-time.ts";
import { log } from "../core/log.ts";
import { findDueClocks, tellClock } from "../tickets/index.ts";

const batchSize = 200;
const atOnce = 8;

/**
 * Tells of every clock that has run into its warning or its end. Several processes may look at once: whoever's transaction
 * changes the ticket first has told, the others find nothing left to tell.
 * @returns how many this call told
 */
export async function checkClocks(now: Date = serverNow()): Promise<number> {
  let told = 0;
  for (;;) {
    const due = await findDueClocks(now, batchSize);
    const before = told;
    for (let index = 0; index < due.length; index += atOnce) {
      const results = await Promise.allSettled(
        due.slice(index, index + atOnce).map(({ siteId, _id }) => tellClock(siteId, _id, now)),
      );
      for (const result of results) {
        if (result.status === "fulfilled") told += Number(result.value);
        else log.warn({ err: result.reason as unknown }, "a clock could not be told; it is looked at again");
      }
    }
    if (due.length < batchSize || told === before) return told;
  }
}
