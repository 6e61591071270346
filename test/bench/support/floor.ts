import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import Koa from "koa";
import { BSON, MongoClient, ObjectId, type ClientSession, type Document } from "mongodb";

/*
 * The floor of create-ticket, add-comment and list-tickets: bare Koa and the driver, with the same documents, indexes and
 * durability as ours and nothing else: no caller, no validation, no limits, no log, no headers. What it lacks is what
 * ours may cost.
 */
interface Templates {
  ticket: Document;
  ticketEvent: Document;
  comment: Document;
  commentEvent: Document;
  /** By their token, so that both sides are sent the same requests. */
  customers: Record<string, Document>;
  siteId: string;
}

const durable = { readConcern: { level: "snapshot" }, writeConcern: { w: "majority", journal: true } } as const;
const templates = BSON.EJSON.parse(readFileSync(process.env["FLOOR_TEMPLATES"] ?? "", "utf8")) as Templates;
const client = await MongoClient.connect(process.env["MONGODB_URI"] ?? "", { maxPoolSize: 64, ignoreUndefined: true });
type Stored = { _id: string } & Document;
const tickets = client.db().collection<Stored>("tickets");
const comments = client.db().collection<Stored>("comments");
const events = client.db().collection<Stored>("events");

const newId = () => new ObjectId().toHexString();
const wordsOf = (text: string) => [...new Set(text.toLowerCase().match(/\w+/g) ?? [])];

async function readBody(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, string>;
}

function transaction(body: (session: ClientSession) => Promise<void>): Promise<void> {
  return client.withSession((session) => session.withTransaction(() => body(session), durable));
}

async function createTicket(ctx: Koa.Context): Promise<void> {
  const { subject = "", description = "", priority, category } = await readBody(ctx.req);
  const customer = templates.customers[ctx.get("Authorization").slice(7)];
  const now = new Date();
  const _id = newId();
  const number = `TKT-${now.toISOString().slice(0, 10).replaceAll("-", "")}-${_id.slice(-8).toUpperCase()}`;
  const words = [
    ...new Set([
      ...wordsOf(`${subject} ${description} ${number.slice(-8)}`),
      ...wordsOf(`${customer?.["name"]} ${customer?.["email"]}`),
    ]),
  ];
  const ticket = {
    ...templates.ticket,
    ...{
      _id,
      number,
      subject,
      description,
      descriptionHtml: `<p>${description}</p>`,
      priority,
      category,
      customer,
      words,
    },
    ...{ createdAt: now, updatedAt: now, lastCustomerMessageAt: now },
  };
  const event = {
    ...templates.ticketEvent,
    _id: newId(),
    data: { ...templates.ticketEvent["data"], ticketId: _id, number, customerId: customer?.["_id"] },
    occurredAt: now,
  };
  await transaction(async (session) => {
    await tickets.insertOne(ticket, { session });
    await events.insertOne(event, { session });
  });
  const { words: _words, ...shown } = ticket;
  ctx.status = 201;
  ctx.body = shown;
}

async function addComment(ctx: Koa.Context, ticketId: string): Promise<void> {
  const { body = "" } = await readBody(ctx.req);
  const now = new Date();
  const comment = { ...templates.comment, _id: newId(), ticketId, body, html: `<p>${body}</p>`, createdAt: now };
  const event = {
    ...templates.commentEvent,
    _id: newId(),
    data: { ...templates.commentEvent["data"], ticketId, commentId: comment._id },
    occurredAt: now,
  };
  await transaction(async (session) => {
    const update = {
      $set: { status: "waiting_customer", updatedAt: now, lastStaffMessageAt: now },
      $inc: { version: 1, commentCount: 1 },
      $addToSet: { words: { $each: wordsOf(body) } },
    };
    await tickets.findOneAndUpdate({ _id: ticketId, siteId: templates.siteId }, update, {
      session,
      projection: { status: 1, customer: 1 },
    });
    await comments.insertOne(comment, { session });
    await events.insertOne(event, { session });
  });
  ctx.status = 201;
  ctx.body = comment;
}

const filters = { status: "status", priority: "priority", category: "category", assignee: "assignee.id" } as const;
const hidden = { words: 0, noteWords: 0, descriptionHtml: 0 } as const;

async function listTickets(ctx: Koa.Context): Promise<void> {
  const query = ctx.query as Record<string, string | undefined>;
  const filter: Document = { siteId: templates.siteId };
  for (const [name, field] of Object.entries(filters)) {
    const values = query[name]?.split(",");
    if (values) filter[field] = values.length > 1 ? { $in: values } : values[0] === "none" ? null : values[0];
  }
  // Ours keeps the rank beside the word, since words do not sort; the index goes by it.
  if (filter["priority"]) {
    const ranks = ["low", "medium", "high", "critical"];
    filter["priorityRank"] = { $in: query["priority"]?.split(",").map((one) => ranks.indexOf(one)) };
    delete filter["priority"];
  }
  const sort = query["sort"] ?? "-createdAt";
  const direction = sort.startsWith("-") ? -1 : 1;
  const rows = await tickets
    .find(filter, { projection: hidden })
    .sort({ [sort.replace("-", "")]: direction, _id: direction })
    .limit(50)
    .toArray();
  ctx.body = { data: rows };
}

function exportTickets(ctx: Koa.Context): void {
  const rows = tickets
    .find({ siteId: templates.siteId }, { projection: hidden, batchSize: 500 })
    .sort({ createdAt: -1, _id: -1 });
  const lines = async function* () {
    for await (const row of rows) yield `${JSON.stringify(row)}\n`;
  };
  ctx.type = "application/json";
  ctx.body = Readable.from(lines());
}

const app = new Koa();
app.use(async (ctx) => {
  if (ctx.path === "/ready") ctx.body = "ready";
  else if (ctx.path === "/export") exportTickets(ctx);
  else if (ctx.method === "GET") await listTickets(ctx);
  else if (ctx.path.endsWith("/comments")) await addComment(ctx, ctx.path.split("/")[4] ?? "");
  else await createTicket(ctx);
});
app.listen(Number(process.env["PORT"]), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
