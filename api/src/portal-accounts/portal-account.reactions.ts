import { endFamilies } from "../accounts/index.ts";
import { on } from "../core/events/reaction.ts";
import { dropAccount } from "./portal-account.model.ts";

export const portalAccountReactions = [
  /** The host or staff gave them another address, which nobody has shown to be theirs: who reads the old mailbox is out. */
  on("customer.updated", "portal-accounts.address", async ({ siteId, data: { customerId, before, after } }) => {
    if (before.email === after.email) return;
    if (await dropAccount(siteId, customerId, before.email)) await endFamilies(customerId);
  }),
];
