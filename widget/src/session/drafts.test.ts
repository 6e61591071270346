import { expect, waitUntil } from "@open-wc/testing";
import { ApiError, NetworkError } from "@sidedesk/client";
import type { Comment } from "@sidedesk/contract";
import { problem } from "../../../test/browser/desk-edge.ts";
import { Drafts } from "./drafts.ts";
import { Outbox, type Letter } from "./outbox.ts";

const refusal = (status: number) =>
  new ApiError(problem(status, "validation_failed").body as ApiError["problem"], status === 429 ? 0.01 : null);

describe("Outbox", () => {
  let tried: { key: string; body: string }[];
  let next: () => Promise<void>;
  let drafts: Drafts;
  const deliver = async (letter: Letter): Promise<never> => {
    const { body } = (letter as Letter<"comment">).input;
    tried.push({ key: letter.key, body });
    await next();
    return { id: body, ticketId: "t1" } as Comment as never;
  };
  const open = () => new Outbox(deliver, () => drafts);
  const write = (box: Outbox, body: string) => box.add("comment", { ticketId: "t1", body });

  beforeEach(() => {
    tried = [];
    next = () => Promise.resolve();
    drafts = new Drafts(`outbox-test-${Math.random()}`);
  });
  afterEach(() => drafts.clear());

  it("sends what was written, and keeps nothing of it", async () => {
    const box = open();
    const sent: string[] = [];
    box.on("sent", ({ answer }) => sent.push((answer as Comment).id));
    write(box, "Hello");
    await waitUntil(() => sent.length === 1);
    expect(sent).to.deep.equal(["Hello"]);
    expect(box.letters).to.deep.equal([]);
    expect(drafts.get("outbox")).to.equal(null);
  });

  it("keeps what cannot be sent, and sends it once when there is a way, in the order it was written", async () => {
    next = () => Promise.reject(new NetworkError(null));
    const box = open();
    write(box, "one");
    write(box, "two");
    await waitUntil(() => box.letters.every(({ state }) => state === "waiting") && tried.length === 1);
    expect((drafts.get<Letter[]>("outbox") ?? []).length).to.equal(2);
    const [{ key } = { key: "" }] = tried;
    tried = [];
    next = () => Promise.resolve();
    box.flush();
    box.flush();
    await waitUntil(() => box.letters.length === 0);
    expect(tried.map(({ body }) => body)).to.deep.equal(["one", "two"]);
    expect(tried[0]?.key, "the same key as at the first try").to.equal(key);
  });

  it("goes on after a reload with the same key", async () => {
    next = () => Promise.reject(new NetworkError(null));
    const before = open();
    const { key } = write(before, "kept");
    await waitUntil(() => before.letters[0]?.state === "waiting");
    before.empty();
    next = () => Promise.resolve();
    tried = [];
    open().restore();
    await waitUntil(() => tried.length === 1);
    expect(tried).to.deep.equal([{ key, body: "kept" }]);
  });

  it("stops at a refusal until somebody says so, and lets the next one pass", async () => {
    next = () => Promise.reject(refusal(400));
    const box = open();
    const { key } = write(box, "bad");
    await waitUntil(() => box.letters[0]?.state === "failed");
    expect(box.letters[0]?.problem?.requestId).to.equal("4f1c-9a20");
    next = () => Promise.resolve();
    write(box, "good");
    await waitUntil(() => box.letters.length === 1);
    expect(box.letters[0]?.key).to.equal(key);
    box.retry(key);
    await waitUntil(() => box.letters.length === 0);
  });

  it("waits out what passes by itself", async () => {
    next = () => Promise.reject(refusal(503));
    const box = open();
    write(box, "later");
    await waitUntil(() => box.letters[0]?.state === "waiting");
    box.empty();
  });
});

describe("Drafts", () => {
  it("live on in memory where storage is blocked", () => {
    const { setItem, getItem } = Storage.prototype;
    Storage.prototype.setItem = Storage.prototype.getItem = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    try {
      const drafts = new Drafts("blocked");
      drafts.set("form", { subject: "Hi" });
      expect(drafts.get("form")).to.deep.equal({ subject: "Hi" });
      drafts.set("form", null);
      expect(drafts.get("form")).to.equal(null);
    } finally {
      Object.assign(Storage.prototype, { setItem, getItem });
    }
  });
});
