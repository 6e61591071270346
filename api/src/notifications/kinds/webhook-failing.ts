import type { DomainEvent } from "@sidedesk/contract";
import type { Notice } from "../notice.ts";
import { kind } from "./kind.ts";
import { adminsOf } from "./staff-of-ticket.ts";

type Trouble = DomainEvent<"webhook.failing">["data"];

const words: Record<Trouble["stage"], (host: string) => { title: string; message: string }> = {
  exhausted: (host) => ({
    title: `A webhook to ${host} could not be delivered`,
    message: "All its attempts failed. The log says why; there it can be sent again.",
  }),
  halfway: (host) => ({
    title: `The webhook to ${host} keeps failing`,
    message: "Nothing has arrived for two and a half days. In as many again it will be disabled.",
  }),
  disabled: (host) => ({
    title: `The webhook to ${host} was disabled`,
    message: "What happens meanwhile is held. Make it active again, and it is delivered.",
  }),
};

/** Whose endpoint is in trouble is told: its customer, or those who look after the site. */
export const webhookFailing = kind("webhook.failing", "webhook-failing", {
  inApp: async ({ siteId, data: { webhookId, customerId, stage, host } }) => {
    const told = await ownersOf(siteId, customerId);
    const { title, message } = words[stage](host.slice(0, 100));
    return told.map((to) => ({ to, type: "alert", title, message, link: null, data: { webhookId, stage } }));
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
