// Longer than most: merging, its undoing and links are one story, told with the same few tickets.
import type { Comment, HistoryEntry, Ticket } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { problemOf, type Reply, type TestApp } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { upload } from "../../../test/support/files.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { attachments } from "../attachments/attachment.model.ts";
import { events } from "../core/events/event.model.ts";
import { merges } from "./merge.model.ts";

const path = "/v1/support/tickets";
const { app, site, customer, agent } = await startTestDesk();
const viewer = await buildStaff(app, site, { role: "viewer" });

const say = async (id: string, as: { token: string }, body: string, visibility = "public"): Promise<Comment> => {
  const reply = await app.post(`${path}/${id}/comments`, { as, body: { body, visibility } });
  expect(reply.status).toBe(201);
  return reply.body as Comment;
};
const merge = (from: string, into: string, as: Parameters<TestApp["post"]>[1] = { as: agent }): Promise<Reply> =>
  app.post(`${path}/${from}/merge`, { ...as, body: { into } });
const unmerge = (id: string, as: { token: string } | string = agent): Promise<Reply> =>
  app.post(`${path}/${id}/unmerge`, { as });
const read = async (id: string, as: { token: string } = agent): Promise<Ticket> =>
  (await app.get(`${path}/${id}`, { as })).body as Ticket;
const said = async (id: string, as: { token: string } = agent): Promise<string[]> =>
  ((await app.get(`${path}/${id}/comments`, { as })).body.data as Comment[]).map(({ body }) => body);
const history = async (id: string): Promise<HistoryEntry[]> =>
  (await app.get(`${path}/${id}/history`, { as: agent })).body.data as HistoryEntry[];
const find = async (q: string, as: { token: string } = agent): Promise<string[]> =>
  ((await app.get(`${path}?q=${q}`, { as })).body.data as Ticket[]).map(({ id }) => id);

/** Two tickets whose conversations overlap in time. */
async function pair(): Promise<{ source: Ticket; target: Ticket }> {
  const target = await buildTicket(app, customer, { subject: "Card declined", description: "The xylophone first." });
  await say(target.id, customer, "target one");
  const source = await buildTicket(app, customer, { subject: "Card again", description: "The marimba second." });
  await say(source.id, agent, "source one");
  await say(target.id, agent, "target two");
  await say(source.id, agent, "a quokka in a note", "internal");
  await say(source.id, customer, "source two with wallaby");
  return { source: await read(source.id), target: await read(target.id) };
}

describe("T18 merging", () => {
  it("moves what was said in order of time, and lets id and number lead to the target", async () => {
    const { source, target } = await pair();
    const reply = await merge(source.id, target.number);
    expect([reply.status, reply.body.id, reply.body.mergedInto]).toEqual([200, target.id, null]);
    const all = [
      "target one",
      "The marimba second.",
      "source one",
      "target two",
      "a quokka in a note",
      "source two with wallaby",
    ];
    for (const ref of [target.id, source.id, source.number, source.number.toLowerCase()]) {
      expect((await read(ref)).id).toBe(target.id);
      expect(await said(ref)).toEqual(all);
      expect((await read(ref, customer)).id).toBe(target.id);
    }
    expect(await said(source.id, customer)).toEqual(all.filter((body) => !body.includes("note")));
    expect(await read(target.id)).toMatchObject({
      commentCount: 6,
      version: target.version + 1,
      lastCustomerMessageAt: source.lastCustomerMessageAt,
      status: target.status,
    });
    expect((await read(target.id, customer)).commentCount).toBe(5);
    const list = (await app.get(`${path}?customer=${customer.id}`, { as: agent })).body.data as Ticket[];
    expect(list.find(({ id }) => id === source.id)).toMatchObject({
      status: "closed",
      mergedInto: target.id,
      commentCount: 0,
      version: source.version + 1,
    });
  });

  it("writes to the target whoever writes to the source", async () => {
    const { source, target } = await pair();
    await merge(source.id, target.id);
    await say(source.number, customer, "written to the old number");
    expect((await said(target.id)).at(-1)).toBe("written to the old number");
    const patched = await app.patch(`${path}/${source.id}`, { as: agent, body: { priority: "high" } });
    expect(patched.body).toMatchObject({ id: target.id, priority: "high" });
    const followUp = await buildTicket(app, customer, { followUpOf: source.number });
    expect((await read(followUp.id)).links).toMatchObject([{ id: target.id }]);
  });

  it("finds the words where they are now, notes for staff alone", async () => {
    const { source, target } = await pair();
    await merge(source.id, target.id);
    expect(await find("wallaby")).toContain(target.id);
    expect(await find("wallaby")).not.toContain(source.id);
    expect(await find("quokka")).toContain(target.id);
    expect(await find("quokka", customer)).not.toContain(target.id);
    expect(await find("marimba", customer)).toEqual(expect.arrayContaining([source.id, target.id]));
  });

  it("says so in both histories and tells nobody anew of what moved", async () => {
    const { source, target } = await pair();
    const before = await events().countDocuments({ type: { $ne: "ticket.merged" } });
    await merge(source.id, target.id);
    expect(await events().countDocuments({ type: { $ne: "ticket.merged" } })).toBe(before);
    const recorded = await events()
      .find({ type: "ticket.merged", "data.ticketId": { $in: [source.id, target.id] } })
      .sort({ _id: 1 })
      .toArray();
    expect(recorded.map(({ data }) => data)).toEqual([
      expect.objectContaining({
        ticketId: source.id,
        after: { status: "closed", mergedInto: target.id, number: target.number },
      }),
      expect.objectContaining({ ticketId: target.id, after: { merged: source.id, number: source.number } }),
    ]);
    expect((await history(target.id)).at(-1)).toMatchObject({ type: "ticket.merged", actor: { id: agent.id } });
  });

  it("refuses what makes no sense", async () => {
    const { source, target } = await pair();
    const third = await buildTicket(app, customer);
    const itself = await merge(source.id, source.number);
    expect([itself.status, problemOf(itself).errors?.[0]?.path]).toEqual([400, "into"]);
    await merge(source.id, target.id);
    for (const [from, into] of [
      [source.id, third.id], // merged already
      [third.id, source.id], // into what was merged
      [target.id, source.id], // a circle
    ] as const)
      expect([await merge(from, into)].map((reply) => [reply.status, problemOf(reply).code])).toEqual([
        [409, "conflict"],
      ]);
    const stranger = await buildTicket(app, await buildCustomer(app, site));
    expect((await merge(stranger.id, target.id)).status).toBe(409);
    const foreign = await buildTicket(app, await buildCustomer(app, await buildSite()));
    expect((await merge(foreign.id, target.id)).status).toBe(404);
    expect((await merge(third.id, foreign.id)).status).toBe(404);
    expect((await merge(third.id, "nothing")).status).toBe(404);
    expect((await app.post(`${path}/${third.id}/merge`, { as: agent, body: {} })).status).toBe(400);
  });

  it("is for staff who may write", async () => {
    const { source, target } = await pair();
    expect((await merge(source.id, target.id, {})).status).toBe(401);
    expect((await merge(source.id, target.id, { as: customer })).status).toBe(403);
    expect((await merge(source.id, target.id, { as: viewer })).status).toBe(403);
    expect((await merge(source.id, target.id, { as: site.secretKey })).status).toBe(200);
    expect((await unmerge(source.id, customer)).status).toBe(403);
    expect((await unmerge(source.id, viewer)).status).toBe(403);
  });

  it("brings the source's related tickets along", async () => {
    const { source, target } = await pair();
    const other = await buildTicket(app, customer);
    await app.put(`${path}/${source.id}/links/${other.id}`, { as: agent });
    await app.put(`${path}/${source.id}/links/${target.id}`, { as: agent });
    await merge(source.id, target.id);
    expect((await read(target.id)).links?.map(({ id }) => id)).toEqual([other.id]);
    expect((await read(other.id)).links?.map(({ id }) => id)).toEqual([target.id]);
    await unmerge(source.id);
    expect((await read(target.id)).links?.map(({ id }) => id)).toEqual([source.id]);
    expect((await read(other.id)).links?.map(({ id }) => id)).toEqual([source.id]);
  });
});

describe("T18 T8 merging with files", () => {
  it("takes the files of comments and description along, and back", async () => {
    const send = async (name: string): Promise<string> => {
      const reply = await upload(app, customer, "some words", name);
      expect(reply.status).toBe(201);
      return reply.body.id as string;
    };
    const names = async (id: string) => {
      const { attachments } = await read(id, customer);
      const { data } = (await app.get(`${path}/${id}/comments`, { as: customer })).body as { data: Comment[] };
      return [attachments, ...data.map((comment) => comment.attachments)].map((all) => all.map(({ name }) => name));
    };
    const target = await buildTicket(app, customer, { attachmentIds: [await send("target.txt")] });
    const source = await buildTicket(app, customer, { attachmentIds: [await send("source.txt")] });
    const attachmentIds = [await send("comment.txt")];
    await app.post(`${path}/${source.id}/comments`, { as: customer, body: { body: "With a file", attachmentIds } });
    await merge(source.id, target.id);
    expect(await names(target.id)).toEqual([["target.txt"], ["source.txt"], ["comment.txt"]]);
    expect(await attachments().countDocuments({ ticketId: target.id })).toBe(3);
    await unmerge(source.id);
    expect(await names(target.id)).toEqual([["target.txt"]]);
    expect(await names(source.id)).toEqual([["source.txt"], ["comment.txt"]]);
    expect(await attachments().countDocuments({ ticketId: source.id })).toBe(2);
  });
});

describe("T18 undoing a merge", () => {
  it("puts everything back, and leaves what was said since where it was said", async () => {
    const { source, target } = await pair();
    const before = [await said(source.id), await said(target.id)];
    const words = await find("wallaby");
    await merge(source.id, target.id);
    const undone = await unmerge(source.number);
    expect([undone.status, undone.body.id]).toEqual([200, source.id]);
    const { version, updatedAt } = undone.body as Ticket;
    expect(undone.body).toEqual({ ...source, version, updatedAt });
    expect(version).toBe(source.version + 2);
    const after = await read(target.id);
    expect(after).toEqual({ ...target, version: target.version + 2, updatedAt: after.updatedAt });
    expect([await said(source.id), await said(target.id)]).toEqual(before);
    expect(await find("wallaby")).toEqual(words);
    expect(await find("quokka")).toContain(source.id);
    expect(await find("quokka", customer)).toEqual([]);
    expect((await history(source.id)).at(-1)?.type).toBe("ticket.unmerged");
    expect((await history(target.id)).at(-1)?.type).toBe("ticket.unmerged");

    await merge(source.id, target.id);
    await say(target.id, customer, "said since");
    await unmerge(source.id);
    expect(await said(target.id)).toEqual([...before[1]!, "said since"]);
    expect(await said(source.id)).toEqual(before[0]);
    expect(Date.parse((await read(target.id)).lastCustomerMessageAt ?? "")).toBeGreaterThan(
      Date.parse(source.lastCustomerMessageAt ?? ""),
    );
  });

  it("undoes a row of merges from its end", async () => {
    const { source, target } = await pair();
    const third = await buildTicket(app, customer, { description: "The third description." });
    await merge(source.id, target.id);
    expect((await merge(target.id, third.id)).status).toBe(200);
    expect((await read(source.id)).id).toBe(third.id);
    expect(await said(third.id)).toHaveLength(7);
    expect((await unmerge(source.id)).status).toBe(409);
    expect((await unmerge(target.id)).status).toBe(200);
    expect(await said(third.id)).toEqual([]);
    expect((await read(source.id)).id).toBe(target.id);
    expect((await unmerge(source.id)).status).toBe(200);
    expect(await said(source.id)).toEqual(["source one", "a quokka in a note", "source two with wallaby"]);
    expect(await said(target.id)).toEqual(["target one", "target two"]);
  });

  it("for an hour, and only what was merged", async () => {
    const { source, target } = await pair();
    expect((await unmerge(source.id)).status).toBe(409);
    expect((await unmerge("nothing")).status).toBe(404);
    await merge(source.id, target.id);
    await merges().updateOne({ sourceId: source.id }, { $set: { at: new Date(Date.now() - 3_601_000) } });
    const late = await unmerge(source.id);
    expect([late.status, problemOf(late).code]).toEqual([409, "conflict"]);
    expect((await read(source.id)).id).toBe(target.id);
    expect((await unmerge(source.id, (await buildSite()).secretKey)).status).toBe(404);
  });
});

describe("T18 many at once", () => {
  it("merges once when ten ask, and never in a circle", async () => {
    const { source, target } = await pair();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? merge(source.id, target.id) : merge(target.id, source.id))),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    const kept = await read(source.id);
    expect(await read(target.id)).toEqual(kept);
    expect(await said(kept.id)).toHaveLength(6);
    expect(kept.commentCount).toBe(6);
  });

  it("loses no comment that is written while its ticket is merged", async () => {
    const { source, target } = await pair();
    const [merged, ...comments] = await Promise.all([
      merge(source.id, target.id),
      ...Array.from({ length: 10 }, (_, index) => say(source.id, index % 2 ? agent : customer, `meanwhile ${index}`)),
    ]);
    expect([merged.status, comments.length]).toEqual([200, 10]);
    expect((await said(target.id)).filter((body) => body.startsWith("meanwhile"))).toHaveLength(10);
    expect((await read(target.id)).commentCount).toBe(16);
    await unmerge(source.id);
    const sum = (await read(target.id)).commentCount + (await read(source.id)).commentCount;
    expect([sum, (await said(target.id)).length + (await said(source.id)).length]).toEqual([15, 15]);
  });

  it("tells of a merge who names the version they saw", async () => {
    const { source, target } = await pair();
    await merge(source.id, target.id);
    const late = await app.patch(`${path}/${target.id}`, {
      as: agent,
      body: { priority: "low", version: target.version },
    });
    expect([late.status, problemOf(late).code]).toEqual([409, "version_conflict"]);
    expect(problemOf(late).current).toMatchObject({ id: target.id, version: target.version + 1, commentCount: 6 });
  });
});

describe("T18 links", () => {
  it("relates two tickets, seen from both and by staff alone, once", async () => {
    const a = await buildTicket(app, customer);
    const b = await buildTicket(app, customer);
    const linked = await app.put(`${path}/${a.number}/links/${b.number.toLowerCase()}`, { as: agent });
    expect([linked.status, linked.body.links]).toEqual([
      200,
      [{ id: b.id, number: b.number, subject: b.subject, status: "open" }],
    ]);
    expect((await read(b.id)).links).toMatchObject([{ id: a.id }]);
    expect(await read(b.id, customer)).not.toHaveProperty("links");
    const again = await app.put(`${path}/${a.id}/links/${b.id}`, { as: agent });
    expect([again.status, again.body.version]).toEqual([200, linked.body.version]);
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      expect((await history(one.id)).at(-1)).toMatchObject({ type: "ticket.updated", after: { links: [other.id] } });
    expect((await app.delete(`${path}/${b.id}/links/${a.id}`, { as: agent })).status).toBe(204);
    expect([(await read(a.id)).links, (await read(b.id)).links]).toEqual([[], []]);
    expect((await app.delete(`${path}/${b.id}/links/${a.id}`, { as: agent })).status).toBe(204);
  });

  it("refuses itself, what is not there, and who may not", async () => {
    const a = await buildTicket(app, customer);
    const b = await buildTicket(app, customer);
    const foreign = await buildTicket(app, await buildCustomer(app, await buildSite()));
    for (const method of ["PUT", "DELETE"] as const) {
      const call = (id: string, other: string, as?: { token: string }) =>
        app.call(method, `${path}/${id}/links/${other}`, { as });
      expect((await call(a.id, b.id)).status).toBe(401);
      expect((await call(a.id, b.id, customer)).status).toBe(403);
      expect((await call(a.id, b.id, viewer)).status).toBe(403);
      for (const [id, other] of [
        [a.id, foreign.id],
        [foreign.id, a.id],
        [a.id, "nothing"],
      ] as const)
        expect((await call(id, other, agent)).status).toBe(404);
    }
    expect((await app.put(`${path}/${a.id}/links/${a.number}`, { as: agent })).status).toBe(400);
  });

  it("loses none of ten links made at once", async () => {
    const a = await buildTicket(app, customer);
    const others = await Promise.all(Array.from({ length: 10 }, () => buildTicket(app, customer)));
    const replies = await Promise.all(
      others.map(({ id }, index) =>
        app.put(index % 2 ? `${path}/${a.id}/links/${id}` : `${path}/${id}/links/${a.id}`, { as: agent }),
      ),
    );
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    expect((await read(a.id)).links).toHaveLength(10);
  });
});
