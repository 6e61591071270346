import { insertTickets } from "./support/bulk.ts";
import { compare } from "./support/compare.ts";
import { closeDatabase, keepTemplates } from "./support/database.ts";
import { prepareDesk } from "./support/desk.ts";
import type { RequestsOf } from "./support/load.ts";
import { ticketCount } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { startApi, startFloor } from "./support/processes.ts";

/*
 * A member of staff lists 50 of 100 000 tickets: `GET /v1/support/tickets` with the filters and orders of the console's
 * queue. The floor asks the same collection with the same index for the same fields.
 */
const name = "list";
const api = await startApi("http", name, "http");
const desk = await prepareDesk(api, name, 500);
await insertTickets(name, desk, ticketCount);
const floor = await startFloor(name, keepTemplates({ customers: {}, siteId: desk.site.id }));

const queries = [
  "status=open,in_progress",
  "status=open&sort=slaDueAt",
  "priority=high,critical",
  "category=billing",
  "category=technical&sort=-updatedAt&status=open,in_progress,waiting_customer",
  "assignee=none",
  "assignee=staff-3&status=in_progress",
  "sort=-updatedAt",
].map((query) => `/v1/support/tickets?${query}`);
const headers = { authorization: `Bearer ${desk.staff}` };
const requestsOf: RequestsOf = (connection) =>
  queries.map((_path, index) => ({ method: "GET", path: queries[(index + connection) % queries.length], headers }));

const [, listed] = await compare(
  `Listing 50 of ${ticketCount} tickets as staff, ${queries.length} queries in turn, 16 connections`,
  [
    { ...floor, requestsOf },
    { ...api, requestsOf },
  ],
);
process.stdout.write("\n");
printGoal("against the floor", listed?.ratio ?? 0, 0.8);
printGoal("resident memory of the API under load, MiB", listed?.memory ?? 0, 256, true);

await Promise.all([floor.stop(), api.stop()]);
await closeDatabase();
