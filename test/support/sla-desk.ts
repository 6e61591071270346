import type { Ticket } from "@sidedesk/contract";
import { events } from "../../api/src/core/events/event.model.ts";
import { checkClocks } from "../../api/src/sla/check-clocks.ts";
import type { Reply } from "./app.ts";
import { letPass } from "./clocks.ts";
import { buildStaff, buildTicket, type TestStaff } from "./factories.ts";
import { startTestDesk, type TestDesk } from "./test-desk.ts";

const path = "/v1/support/tickets";
export const warning = "ticket.sla_warning";
export const breached = "ticket.sla_breached";
/** 240 minutes, warning at 180. */
export const high = { priority: "high" };

export interface SlaDesk extends TestDesk {
  owner: TestStaff;
  fresh(given?: object): Promise<Ticket>;
  shown(id: string, as?: { token: string }): Promise<Ticket>;
  change(id: string, body: object): Promise<Reply>;
  /** Which of a ticket's clocks have told something, in order. */
  told(id: string): Promise<string[]>;
  /** Lets minutes go by for a ticket, and has its clock looked at. */
  pass(id: string, minutes: number): Promise<void>;
}

/** A desk whose clocks can be made to go, with everything running that follows from them. */
export async function startSlaDesk(): Promise<SlaDesk> {
  const desk = await startTestDesk({ roles: ["http", "relay", "worker"] });
  const { app, site, customer, agent } = desk;
  return {
    ...desk,
    owner: await buildStaff(app, site, { role: "owner", name: "Olga Owner" }),
    fresh: (given = high) => buildTicket(app, customer, { ...given }),
    shown: async (id, as = agent) => (await app.get(`${path}/${id}`, { as })).body as Ticket,
    change: (id, body) => app.patch(`${path}/${id}`, { as: agent, body }),
    told: async (id) =>
      (await events().find({ "data.ticketId": id }).sort({ _id: 1 }).toArray())
        .map(({ type }) => type as string)
        .filter((type) => type.startsWith("ticket.sla_")),
    async pass(id, minutes) {
      await letPass([id], minutes);
      await checkClocks(new Date());
    },
  };
}

export const minutesOf = ({ slaDueAt, createdAt }: Ticket): number =>
  (Date.parse(slaDueAt ?? "") - Date.parse(createdAt)) / 60_000;
