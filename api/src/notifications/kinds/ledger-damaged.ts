import { kind } from "./kind.ts";
import { adminsOf } from "./staff-of-ticket.ts";

/** Those who look after a site are told when the nightly check found that something is not there. */
export const ledgerDamaged = kind("ledger.damaged", "ledger-damaged", {
  inApp: async ({ siteId, data: { day, missing } }) => {
    const found = Object.entries(missing).filter(([, count]) => count > 0);
    return (await adminsOf(siteId)).map((id) => ({
      to: { kind: "staff", id },
      type: "alert",
      say: ({ words, both }) =>
        both(words.missing, {
          day,
          list: found.map(([part, count]) => `${words.part[part as keyof typeof words.part]}: ${count}`).join(", "),
        }),
      link: null,
      data: { day, missing },
    }));
  },
});
