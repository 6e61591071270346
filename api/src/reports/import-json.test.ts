import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";
import { buildSite, buildStaff, type TestSite, type TestStaff } from "../../../test/support/factories.ts";
import { comments } from "../tickets/comment.model.ts";
import { tickets } from "../tickets/ticket.model.ts";
import { importTickets, type ImportResult } from "./import-tickets.ts";

let app: TestApp;
let folder: string;
let site: TestSite;
let agent: TestStaff;
let files = 0;
let people = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidedesk-import-"));
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  site = await buildSite();
  agent = await buildStaff(app, site, { email: `kit-${(people += 1)}@desk.example`, name: "Kim Aldous" });
});

async function file(content: string): Promise<string> {
  const path = join(folder, `${(files += 1)}.json`);
  await writeFile(path, content);
  return path;
}
const read = async (content: string): Promise<ImportResult> =>
  importTickets({ siteId: site.id, file: await file(content) });
const list = async (query = "") => (await app.get(`/v1/support/tickets?limit=100${query}`, { as: agent })).body.data;

const zendesk = (id: number, part: object = {}) => ({
  ...{ id, url: `https://acme.zendesk.com/api/v2/tickets/${id}.json`, subject: `Order ${id} is late`, status: "open" },
  ...{ description: `Where is my order ${id}?`, requester_id: 501, created_at: "2024-03-01T10:00:00Z" },
  ...part,
});
const ina = { id: 501, name: "Ina Berg", email: "Ina@Home.example", role: "end-user" };

describe("X8 JSON as Zendesk exports it", () => {
  const readJson = (value: unknown) => read(JSON.stringify(value));
  const conversation = async (query: string) => {
    const [ticket] = await list(`&q=${query}`);
    return (await app.get(`/v1/support/tickets/${ticket.id}/comments`, { as: agent })).body.data;
  };

  it("keeps a ticket's life: people, conversation, notes, files by name, rating, and who answers now", async () => {
    const result = await readJson({
      tickets: [
        zendesk(4711, {
          ...{ status: "solved", priority: "urgent", type: "question", tags: ["VIP", "shipping"], assignee_id: 77 },
          ...{
            updated_at: "2024-03-04T09:00:00Z",
            via: { channel: "email" },
            metric_set: { solved_at: "2024-03-03T09:00:00Z" },
          },
          satisfaction_rating: { score: "good", comment: "Quick!" },
          comments: [
            {
              id: 3,
              author_id: 78,
              body: "Ask the depot, Ina called twice.",
              public: false,
              created_at: "2024-03-01T10:20:00Z",
            },
            {
              id: 1,
              author_id: 501,
              body: "Where is  my order 4711?",
              public: true,
              created_at: "2024-03-01T10:00:00Z",
            },
            {
              id: 2,
              author_id: 77,
              body: "On its **way**.",
              created_at: "2024-03-01T10:30:00Z",
              attachments: [{ file_name: "label `1`.pdf", size: 9 }],
            },
            { id: 4, author_id: 501, html_body: "<p>Thanks &amp; bye</p>", created_at: "2024-03-02T08:00:00Z" },
          ],
        }),
      ],
      users: [
        ina,
        { id: 77, name: "Kim A.", email: agent.email, role: "agent" },
        { id: 78, name: "Lou Old", email: "lou@old.example", role: "admin" },
      ],
      count: 1,
    });
    expect(result).toMatchObject({ imported: 1, rejected: 0, filesLeft: 1, isDone: true });
    const [row] = await list("&q=4711"); // the number it had there finds it
    expect((await app.get(`/v1/support/tickets/${row.id}`, { as: agent })).body).toMatchObject({
      ...{
        subject: "Order 4711 is late",
        description: "Where is  my order 4711?",
        status: "resolved",
        priority: "critical",
      },
      ...{
        category: "question",
        tags: ["vip", "shipping"],
        reference: { type: "zendesk", id: "4711", label: "Zendesk #4711" },
      },
      ...{ customer: { name: "Ina Berg", email: "ina@home.example" }, assignee: { id: agent.id }, commentCount: 3 },
      ...{
        createdAt: "2024-03-01T10:00:00.000Z",
        updatedAt: "2024-03-04T09:00:00.000Z",
        resolvedAt: "2024-03-03T09:00:00.000Z",
      },
      ...{ firstRespondedAt: "2024-03-01T10:30:00.000Z", slaState: "met", rating: { score: 5, comment: "Quick!" } },
      ...{ lastCustomerMessageAt: "2024-03-02T08:00:00.000Z", lastStaffMessageAt: "2024-03-01T10:30:00.000Z" },
    });
    expect(await conversation("4711")).toMatchObject([
      { author: { type: "staff", id: null, name: "Lou Old" }, visibility: "internal" },
      {
        author: { type: "staff", id: agent.id, name: "Kim Aldous" },
        body: "On its **way**.\n\nFiles that stayed in Zendesk: `label  1 .pdf`",
        html: expect.stringContaining("<strong>way</strong>"),
      },
      { author: { type: "customer", name: "Ina Berg" }, body: "Thanks & bye", visibility: "public" },
    ]);
    // What is said is found, and what stands in notes alone by staff only.
    expect([await list("&q=way"), await list("&q=depot")].map(({ length }) => length)).toEqual([1, 1]);
    expect((await tickets().findOne({ _id: row.id }))?.noteWords).toContain("depot");
  });

  it("takes arrays, lines, single answers of the API, people in the ticket or in an earlier file, and tickets without conversation", async () => {
    await readJson({ users: [ina] });
    const mail = { channel: "email", source: { from: { address: "max@home.example", name: "Max" } } };
    const forms = [
      JSON.stringify([zendesk(1)]),
      `${JSON.stringify(zendesk(2))}\n${JSON.stringify(zendesk(3, { requester_id: null, requester: { name: "Eve", email: "eve@home.example" } }))}\n`,
      JSON.stringify({ ticket: zendesk(4, { requester_id: 9, via: mail }) }),
      `${JSON.stringify({ tickets: [zendesk(5)], users: [{ ...ina, name: "Ina Berg-Lund" }] })}\n${JSON.stringify({ tickets: [zendesk(6)] })}`,
    ];
    for (const form of forms) expect(await read(form)).toMatchObject({ rejected: 0 });
    const found = (await list("&sort=number")) as { subject: string; customer: { email: string } }[];
    expect(found.map(({ subject, customer }) => `${subject[6]} ${customer.email}`).sort()).toEqual(
      ["1 ina", "2 ina", "3 eve", "4 max", "5 ina", "6 ina"].map((one) => `${one}@home.example`),
    );
  });

  it("reads a ticket in once, however often and in however many files it comes", async () => {
    const both = { tickets: [zendesk(1), zendesk(2), zendesk(1)], users: [ina] };
    expect(await readJson(both)).toMatchObject({ imported: 2, skipped: 1 });
    expect(await readJson(both)).toMatchObject({ imported: 0, skipped: 3, rejected: 0 });
    expect(await read(`${JSON.stringify(zendesk(2))}\n${JSON.stringify(zendesk(3))}`)).toMatchObject({
      imported: 1,
      skipped: 1,
    });
    // Numbers begin anew in another account.
    expect(await readJson([zendesk(1, { url: "https://other.zendesk.com/api/v2/tickets/1.json" })])).toMatchObject({
      imported: 1,
    });
    expect(await tickets().countDocuments({ siteId: site.id })).toBe(4);
  });

  it("shows no customer what staff began among themselves", async () => {
    const note = {
      author_id: 77,
      body: "Fraud suspected, do not tell.",
      public: false,
      created_at: "2024-03-01T10:00:00Z",
    };
    await readJson({
      tickets: [
        zendesk(1, { description: note.body, comments: [note] }),
        zendesk(2, { description: "Secret plan for this one", is_public: false }),
      ],
      users: [ina],
    });
    expect((await list()).map(({ description }: { description: string }) => description).sort()).toEqual([
      "Zendesk #1",
      "Zendesk #2",
    ]);
    expect(await conversation("fraud")).toMatchObject([
      { visibility: "internal", body: note.body, author: { type: "staff" } },
    ]);
    const [kept] = await tickets().find({ siteId: site.id, words: "fraud" }).toArray();
    expect(kept?.noteWords).toContain("fraud");
  });

  it("brings in texts of any length whole, in parts as long as ours may be", async () => {
    const long = Array.from({ length: 2600 }, (_none, index) => `word${index}`).join(" "); // 22 000 characters
    const said = { author_id: 501, body: long, created_at: "2024-03-01T11:00:00Z" };
    await readJson({
      tickets: [
        zendesk(1, { description: long, comments: [said] }),
        zendesk(2, { subject: "?", description: "Hi" }),
        zendesk(3, { subject: `Long ${"s".repeat(300)}` }),
      ],
      users: [ina],
    });
    const [first] = await list("&q=word1");
    const parts = [
      first.description,
      ...(await conversation("word1")).map(({ body }: { body: string }) => body),
    ] as string[];
    expect(parts[0]!.length).toBeLessThanOrEqual(5000);
    expect(parts.slice(1).every((part) => part.length <= 10_000)).toBe(true);
    expect(parts.join(" ")).toBe(`${long}`);
    const others = (await list()) as { subject: string; description: string }[];
    expect(others.find(({ subject }) => subject === "? (Zendesk #2)")?.description).toBe("Hi (Zendesk #2)");
    expect(others.find(({ subject }) => subject.startsWith("Long"))).toMatchObject({
      subject: expect.stringMatching(/^.{199}…$/),
      description: expect.stringContaining("s".repeat(300)),
    });
  });

  it("names what it does not take by its place, and brings in the rest, also of a file that breaks half-way", async () => {
    const lines = [
      JSON.stringify(ina),
      JSON.stringify(zendesk(1)),
      '{"id":2,"subject":"Broken',
      JSON.stringify(zendesk(3, { requester_id: 999 })),
      JSON.stringify(zendesk(4, { status: "deleted" })),
      JSON.stringify(zendesk(5, { created_at: "yesterday" })),
      JSON.stringify(zendesk(6, { status: "whatever" })),
      '{"name":"A macro"}',
      JSON.stringify(zendesk(8)),
    ];
    const result = await read(lines.join("\n"));
    expect([result.imported, result.rejects.map(({ line, message }) => `${line} ${message.slice(0, 25)}`)]).toEqual([
      2,
      [
        "2 This line is not JSON.",
        "3 requester: Nobody with an",
        "4 It was deleted in Zendesk",
        "5 created_at: Must be a tim",
        "6 status: Must be one of op",
        "7 This is neither a ticket ",
      ],
    ]);
    expect(
      await read(
        `{"users":[${JSON.stringify(ina)}],"tickets":[${JSON.stringify(zendesk(10))},${JSON.stringify(zendesk(11)).slice(0, 90)}`,
      ),
    ).toMatchObject({
      imported: 1,
      rejects: [{ line: 2, message: "The file ends in the middle of this. Nothing of it was read." }],
    });
  });

  it("goes on where it stood after a stop", async () => {
    const path = await file(
      JSON.stringify({
        tickets: Array.from({ length: 250 }, (_none, index) =>
          zendesk(index, { comments: [{ author_id: 1, body: `Answer ${index}` }] }),
        ),
        users: [ina],
      }),
    );
    const stop = new AbortController();
    const options = { siteId: site.id, file: path };
    expect(await importTickets({ ...options, signal: stop.signal, onProgress: () => stop.abort() })).toMatchObject({
      imported: 100,
      isDone: false,
    });
    expect(await importTickets(options)).toMatchObject({ imported: 150, skipped: 100, isDone: true });
    expect(await comments().countDocuments({ siteId: site.id })).toBe(250);
  });
});
