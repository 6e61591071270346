import type { DomainEvent } from "@sidedesk/contract";
import { loadCustomer } from "../../accounts/index.ts";
import { payload } from "../../core/events/payload.ts";
import { anomalySaid, budgetSaid } from "../../mails/index.ts";
import type { Notice, UnsaidNotice } from "../notice.ts";
import { kind } from "./kind.ts";
import { adminsOf } from "./staff-of-ticket.ts";

type CostEvent = DomainEvent<"budget.alert"> | DomainEvent<"cost.anomaly">;

/** Whose costs they are is told: a customer, unless they are gone; of the site's own, those who look after it. */
async function toldOf({ siteId, data: { customerId } }: CostEvent): Promise<Notice["to"][]> {
  if (customerId === null) return (await adminsOf(siteId)).map((id) => ({ kind: "staff", id }));
  return (await loadCustomer(siteId, customerId)) ? [{ kind: "customer", id: customerId }] : [];
}

const noticesOf = async (event: CostEvent, data: Notice["data"], say: UnsaidNotice["say"]): Promise<UnsaidNotice[]> =>
  (await toldOf(event)).map((to) => ({ to, type: "alert", say, link: null, data }));

/** Costs passed a share of a budget, or are expected to. */
export const budgetAlert = kind("budget.alert", "budget-alert", {
  inApp: (event) => {
    const { customerId: _whose, ...budget } = event.data;
    return noticesOf(event, budget, ({ writer }) => budgetSaid(writer, budget));
  },
  email: async (event) => {
    const { customerId: _whose, ...budget } = event.data;
    return (await toldOf(event)).map((to) => ({ kind: "budget-alert", ...readBy(to), facts: { budget } }));
  },
});

/** A day cost more or less than could be expected. */
export const costAnomaly = kind("cost.anomaly", "cost-anomaly", {
  inApp: (event) => {
    const { customerId: _whose, ...anomaly } = event.data;
    return noticesOf(event, anomaly, ({ writer }) => anomalySaid(writer, anomaly));
  },
  email: async (event) => {
    const { customerId: _whose, ...anomaly } = event.data;
    return (await toldOf(event)).map((to) => ({ kind: "cost-anomaly", ...readBy(to), facts: { anomaly } }));
  },
});

const readBy = ({ kind, id }: Notice["to"]) => (kind === "customer" ? { customerId: id } : { staffId: id });

/** A customer's endpoints get what is theirs; the site's are told whose it is. */
payload(["budget.alert", "cost.anomaly"], async ({ data }, audience) => {
  if (audience === "staff") return data;
  const { customerId: _theirs, ...told } = data;
  return told;
});
