import { kind } from "./kind.ts";
import { adminsOf } from "./staff-of-ticket.ts";

const words: Record<string, [one: string, many: string]> = {
  events: ["event has not had all its effects", "events have not had all their effects"],
  deliveries: ["webhook delivery is missing", "webhook deliveries are missing"],
  mails: ["mail is missing", "mails are missing"],
  notices: ["notice is missing", "notices are missing"],
};

/** Those who look after a site are told when the nightly check found that something is not there. */
export const ledgerDamaged = kind("ledger.damaged", "ledger-damaged", {
  inApp: async ({ siteId, data: { day, missing } }) => {
    const message = Object.entries(missing)
      .filter(([, count]) => count > 0)
      .map(([part, count]) => `${count} ${words[part]![count === 1 ? 0 : 1]}`)
      .join(", ");
    return (await adminsOf(siteId)).map((id) => ({
      to: { kind: "staff", id },
      type: "alert",
      title: `Something of ${day} is missing`,
      message: `The nightly check found: ${message}.`,
      link: null,
      data: { day, missing },
    }));
  },
});
