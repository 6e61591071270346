import { setTimeout as wait } from "node:timers/promises";
import type { Actor, ErasurePreview } from "@sidedesk/contract";
import { newId } from "../core/data/ids.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { erasures } from "./erasure.model.ts";
import { lookAgainSeconds, run } from "./run-erasure.ts";

/** Longer than nearly anybody's things take. Whoever is killed leaves the rest to a worker; two at once do no harm. */
const leaseMs = 300_000;

/** Erases a customer here and now, for the operator, whether or not a worker runs. @returns what went */
export async function eraseNow(
  by: { siteId: string; actor: Actor },
  customer: { id: string; email: string },
): Promise<ErasurePreview> {
  const lease = { lease: newId(), leaseUntil: new Date(Date.now() + leaseMs) };
  const { _id } = await eraseCustomer(by, customer.id, customer.email, lease);
  for (let attempt = 1; ; attempt += 1) {
    const document = (await erasures().findOne({ _id }))!;
    const { signal } = new AbortController();
    const outcome = await run(document, { signal, attempt, isLast: false });
    if (outcome.state === "succeeded") {
      await erasures().updateOne(
        { _id, lease: lease.lease },
        { $set: { state: "succeeded", settledAt: new Date() }, $unset: { lease: "", leaseUntil: "" } },
      );
      return (await erasures().findOne({ _id }))!.removed;
    }
    if (outcome.state === "again" && outcome.afterSeconds) await wait(lookAgainSeconds * 1000);
  }
}
