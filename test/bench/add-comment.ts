import { insertTickets } from "./support/bulk.ts";
import { compare } from "./support/compare.ts";
import { closeDatabase, copyIndexes, database, drained, keepTemplates } from "./support/database.ts";
import { jsonHeaders, post, prepareDesk } from "./support/desk.ts";
import { dealt, type RequestsOf } from "./support/load.ts";
import { startMailSink } from "./support/mail-sink.ts";
import { printGoal } from "./support/print.ts";
import { startApi, startFloor, useMailServer } from "./support/processes.ts";
import { writer } from "./support/texts.ts";

/*
 * A member of staff answers tickets: `POST /v1/support/tickets/:id/comments`, spread over 4 000 tickets. The floor changes
 * the ticket, writes the comment and its event in one transaction, with the same indexes.
 */
const mail = await startMailSink();
useMailServer(mail.url);
const http = await startApi("http alone", "comment_http", "http");
const all = await startApi("all roles", "comment_all", "http,live,relay,worker");
const desks = { http: await prepareDesk(http, "comment_http", 64), all: await prepareDesk(all, "comment_all", 64) };

const count = 4000;
const ids = {
  http: await insertTickets("comment_http", desks.http, count),
  all: await insertTickets("comment_all", desks.all, count),
};
const [ours, bare] = [await database("comment_http"), await database("comment_floor")];
await copyIndexes(ours, bare, ["tickets", "comments", "events"]);
await insertTickets("comment_floor", desks.http, count);

const pathOf = (id: string) => `/v1/support/tickets/${id}/comments`;
await post(http, pathOf(ids.http[0] ?? ""), { body: "So that there is something to copy." }, desks.http.staff);
const templates = {
  comment: await ours.collection("comments").findOne(),
  commentEvent: await ours.collection("events").findOne({ type: "comment.created" }),
  customers: {},
  siteId: desks.http.site.id,
};
const floor = await startFloor("comment_floor", keepTemplates(templates));

const { message } = writer(5);
const bodies = Array.from({ length: count }, () => JSON.stringify({ body: message() }));
const sentTo = (tickets: readonly string[], staff: string): RequestsOf =>
  dealt(
    tickets.map((id, index) => ({ id, index })),
    ({ id, index }) => ({ method: "POST", path: pathOf(id), headers: jsonHeaders(staff), body: bodies[index] }),
  );

const [, alone, together] = await compare("Answering tickets as staff, 16 connections", [
  { ...floor, requestsOf: sentTo(ids.http, desks.http.staff) },
  { ...http, requestsOf: sentTo(ids.http, desks.http.staff) },
  { ...all, requestsOf: sentTo(ids.all, desks.all.staff), settle: () => drained("comment_all") },
]);
process.stdout.write("\n");
printGoal("HTTP role alone against the floor", alone?.ratio ?? 0, 0.7);
printGoal("all roles, until no event was pending, against the floor", together?.sustained?.eventsRatio ?? 0, 0.25);
printGoal("resident memory of the API under load, MiB", Math.max(alone?.memory ?? 0, together?.memory ?? 0), 256, true);

await Promise.all([floor.stop(), http.stop(), all.stop()]);
await closeDatabase();
mail.stop();
