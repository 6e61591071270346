import type { submissionInput } from "@sidedesk/contract";
import type { z } from "zod";
import { upsertCustomerByEmail } from "../accounts/index.ts";
import type { PublicCaller } from "../core/caller.ts";
import { transaction } from "../core/data/transaction.ts";
import { getSite } from "../sites/index.ts";
import { composeTicket } from "./compose-ticket.ts";
import { insertTicket, withFreshNumber } from "./create-ticket.ts";
import type { TicketDocument } from "./ticket.model.ts";

/** Opens a ticket from the public form. The mailed link, not this answer, lets the sender in. @throws AppError 400 */
export async function submitTicket(
  caller: PublicCaller,
  input: z.output<typeof submissionInput>,
): Promise<TicketDocument> {
  const site = await getSite(caller.siteId);
  const { name, email, subject, message, priority, category, fields } = input;
  return withFreshNumber(() =>
    transaction(async (open) => {
      const { id, externalId, name: known, email: address } = await upsertCustomerByEmail(site.id, { email, name });
      const customer = { id, externalId, name: known, email: address };
      const composed = composeTicket(site, {
        customer,
        subject,
        description: message,
        priority,
        category,
        fields,
        channel: "form",
      });
      return insertTicket(site, composed, { kind: "customer", id, name: known }, open);
    }),
  );
}
