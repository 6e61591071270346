import type { Notice, UnsaidNotice } from "../notice.ts";
import { kind } from "./kind.ts";
import { adminsOf } from "./staff-of-ticket.ts";

/** Whose endpoint is in trouble is told: its customer, or those who look after the site. */
export const webhookFailing = kind("webhook.failing", "webhook-failing", {
  inApp: async ({ siteId, data: { webhookId, customerId, stage, host } }) => {
    const told = await ownersOf(siteId, customerId);
    const say: UnsaidNotice["say"] = ({ mails, both }) => {
      const { subject, text } = mails.webhook[stage];
      return both({ title: subject, message: text }, { host: host.slice(0, 100) });
    };
    return told.map((to) => ({ to, type: "alert", say, link: null, data: { webhookId, stage } }));
  },
  email: async ({ siteId, data: { customerId, stage, host } }) =>
    (await ownersOf(siteId, customerId)).map(({ kind, id }) => ({
      kind: "webhook-failing",
      ...(kind === "customer" ? { customerId: id } : { staffId: id }),
      facts: { host: host.slice(0, 100), stage },
    })),
});

const ownersOf = async (siteId: string, customerId: string | null): Promise<Notice["to"][]> =>
  customerId ? [{ kind: "customer", id: customerId }] : (await adminsOf(siteId)).map((id) => ({ kind: "staff", id }));
