import { compare } from "./support/compare.ts";
import { closeDatabase, copyIndexes, database, drained, keepTemplates } from "./support/database.ts";
import { jsonHeaders, post, prepareDesk, type Desk } from "./support/desk.ts";
import { dealt, type RequestsOf } from "./support/load.ts";
import { startMailSink } from "./support/mail-sink.ts";
import { printGoal } from "./support/print.ts";
import { startApi, startFloor, useMailServer } from "./support/processes.ts";
import { writer } from "./support/texts.ts";

/*
 * Customers with a session send tickets: `POST /v1/support/tickets`. The floor writes the same ticket and event in one
 * transaction, with the same indexes.
 */
const path = "/v1/support/tickets";
const mail = await startMailSink();
useMailServer(mail.url);
const http = await startApi("http alone", "create_http", "http");
const all = await startApi("all roles", "create_all", "http,live,relay,worker");
const desks = { http: await prepareDesk(http, "create_http", 64), all: await prepareDesk(all, "create_all", 64) };

const [ours, bare] = [await database("create_http"), await database("create_floor")];
await post(
  http,
  path,
  { subject: "A first one", description: "So that there is something to copy." },
  desks.http.customers[0]?.token,
);
const templates = {
  ticket: await ours.collection("tickets").findOne(),
  ticketEvent: await ours.collection("events").findOne({ type: "ticket.created" }),
  customers: Object.fromEntries(desks.http.customers.map(({ token, ...customer }) => [token, customer])),
};
await copyIndexes(ours, bare, ["tickets", "events"]);
const floor = await startFloor("create_floor", keepTemplates(templates));

const { subject, message, pick } = writer(3);
const bodies = Array.from({ length: 2400 }, (_none, index) => ({
  index,
  text: JSON.stringify({
    subject: subject(),
    description: message(),
    priority: pick(["low", "medium", "medium", "high", "critical"]),
    category: pick(["general", "technical", "billing", "account"]),
  }),
}));
const sentBy = (desk: Desk): RequestsOf =>
  dealt(bodies, ({ index, text }) => ({
    method: "POST",
    path,
    headers: jsonHeaders(desk.customers[index % desk.customers.length]?.token ?? ""),
    body: text,
  }));

const [, alone, together] = await compare("Creating tickets as customers, 16 connections", [
  { ...floor, requestsOf: sentBy(desks.http) },
  { ...http, requestsOf: sentBy(desks.http) },
  { ...all, requestsOf: sentBy(desks.all), settle: () => drained("create_all") },
]);
process.stdout.write("\n");
printGoal("HTTP role alone against the floor", alone?.ratio ?? 0, 0.7);
printGoal("all roles, until no event was pending, against the floor", together?.sustained?.eventsRatio ?? 0, 0.25);
printGoal("resident memory of the API under load, MiB", Math.max(alone?.memory ?? 0, together?.memory ?? 0), 256, true);

await Promise.all([floor.stop(), http.stop(), all.stop()]);
await closeDatabase();
mail.stop();
