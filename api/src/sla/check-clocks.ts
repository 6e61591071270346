import { someAtOnce } from "../core/data/some-at-once.ts";
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
    const answers = await someAtOnce(due, atOnce, ({ siteId, _id }) =>
      tellClock(siteId, _id, now).catch((error: unknown) => {
        log.warn({ err: error }, "a clock could not be told; it is looked at again");
        return false;
      }),
    );
    const toldNow = answers.filter(Boolean).length;
    told += toldNow;
    if (due.length < batchSize || toldNow === 0) return told;
  }
}
