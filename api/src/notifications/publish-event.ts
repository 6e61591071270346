import type { OwnEventInput } from "@sidedesk/contract";
import { resolveCustomer } from "../accounts/index.ts";
import type { ServerCaller } from "../core/caller.ts";
import { newId } from "../core/data/ids.ts";
import { transaction } from "../core/data/transaction.ts";
import { record } from "../core/events/record.ts";
import { wordsOf } from "./tell-customers.ts";
import { composeNotice, writeNotices } from "./write-notices.ts";

/** Publishes an event of the owner's own, and tells its customer when asked to. @returns the event's id @throws AppError 400, 404 */
export function publishEvent(caller: ServerCaller, input: OwnEventInput): Promise<string> {
  const { siteId } = caller;
  const { type: name, data, customer, notify } = input;
  return transaction(async () => {
    const person = customer ? await resolveCustomer(siteId, customer) : null;
    if (person && notify) {
      const notice = { ...wordsOf(notify), to: { kind: "customer", id: person.id } } as const;
      await writeNotices([composeNotice(newId(), siteId, notice, person.preferences)], { isOwners: true });
    }
    return record("event.published", caller, { name, customerId: person?.id ?? null, data });
  });
}
