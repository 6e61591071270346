import { findCustomer } from "../accounts/index.ts";
import { customerWords } from "./search-words.ts";
import { tickets } from "./ticket.model.ts";

/** Brings the copies on a customer's tickets up to date, from what the customer is now: events may arrive in any order. */
export async function copyCustomer(siteId: string, customerId: string): Promise<void> {
  const found = await findCustomer(siteId, customerId);
  if (!found) return;
  const { id, externalId, name, email } = found;
  await tickets().updateMany({ siteId, "customer.id": id }, [
    {
      $set: {
        customer: { $literal: { id, externalId, name, email } },
        words: { $setUnion: ["$words", { $literal: customerWords({ name, email }) }] },
      },
    },
  ]);
}
