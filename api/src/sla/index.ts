import { on } from "../core/events/reaction.ts";
import type { Sweep } from "../core/jobs/sweeps.ts";
import { checkClocks } from "./check-clocks.ts";
import { escalateTicket } from "./escalate-ticket.ts";
import { planRecalculation, recalculationJob } from "./recalculation.job.ts";

export const slaReactions = [
  on("ticket.sla_breached", "sla.escalate", escalateTicket),
  on("settings.sla_changed", "sla.recalculate", planRecalculation),
];
export const slaJobs = [recalculationJob];
/** Looked at far more often than the 30 s that are promised: an empty look costs one read of an index. */
export const slaSweeps: Sweep[] = [
  {
    name: "sla.clocks",
    everySeconds: 5,
    run: async () => {
      await checkClocks();
    },
  },
];
