// Longer than most: reply, note, mentions, files and what came in between are one form, tried on one ticket.
import { expect, waitUntil } from "@open-wc/testing";
import { buildComment, buildTicket, DeskHarness, json, problem, staffMember } from "../shell/desk.harness.ts";
import { TicketComposer } from "./composer.ts";
import { TicketStore } from "./ticket-store.ts";

describe("<desk-composer>", () => {
  let desk: DeskHarness;
  let element: TicketComposer;
  const path = "/v1/support/tickets/t1/comments";
  const area = () => element.renderRoot.querySelector("textarea")!;
  const tab = (at: number) => element.renderRoot.querySelectorAll<HTMLElement>("[role=tab]")[at]!;
  const alert = () => element.renderRoot.querySelector("[role=alert]")?.textContent?.trim();

  async function open(): Promise<void> {
    const store = new TicketStore(desk.session, "t1");
    store.ticket = buildTicket();
    element = new TicketComposer();
    element.store = store;
    desk.root.append(element);
    await element.updateComplete;
  }
  function type(text: string): void {
    area().value = text;
    area().dispatchEvent(new Event("input", { bubbles: true }));
  }
  const send = () =>
    area().dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }),
    );

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    desk.on("GET /v1/support/tickets/*", () => json(buildTicket({ version: 2 })));
    desk.on(`POST ${path}`, ({ body }) =>
      json(
        buildComment({ id: "m9", body: String(body["body"]), author: { type: "staff", id: "s1", name: "Ife" } }),
        201,
      ),
    );
    await open();
  });
  afterEach(() => desk.stop());

  it("names its tabs, its field and its button", async () => {
    expect([tab(0), tab(1)].map((one) => one.getAttribute("aria-selected"))).to.deep.equal(["true", "false"]);
    expect(area().getAttribute("aria-label")).to.equal("Reply to Mara Lindqvist");
    expect(element.renderRoot.querySelector("button[type=submit]")!.textContent.trim()).to.equal("Send");
    await expect(element).to.be.accessible();
  });

  it("takes the cursor as soon as the ticket is there, when somebody wanted to write before", async () => {
    const { ticket } = element.store;
    element.remove();
    desk.root.append(element);
    element.store = Object.assign(new TicketStore(desk.session, "t1"), { ticket: null });
    await element.write("note");
    expect(area().disabled).to.equal(true);
    element.store.ticket = ticket;
    element.store.dismiss(); // tells whoever listens
    await waitUntil(() => element.shadowRoot!.activeElement === area());
  });

  it("sends a reply by Ctrl+Enter and empties itself", async () => {
    type("We send a new one.");
    send();
    await waitUntil(() => area().value === "");
    expect(desk.of(`POST ${path}`)[0]!.body).to.deep.equal({ body: "We send a new one.", visibility: "public" });
    expect(element.store.comments.map((comment) => comment.body)).to.deep.equal(["We send a new one."]);
  });

  it("sends a note as internal, from its own draft", async () => {
    type("the reply");
    await element.write("note");
    expect(area().value).to.equal("");
    type("the note");
    send();
    await waitUntil(() => desk.of(`POST ${path}`).length === 1);
    expect(desk.of(`POST ${path}`)[0]!.body).to.include({ visibility: "internal" });
    await element.write("reply");
    await element.updateComplete;
    expect(area().value).to.equal("the reply");
  });

  it("keeps the draft for a composer that comes later", async () => {
    type("half a sentence");
    element.remove();
    await open();
    expect(area().value).to.equal("half a sentence");
  });

  it("keeps the text of a failed send, and tries it again under the same key", async () => {
    desk.on(`POST ${path}`, () => Promise.reject(new TypeError("Failed to fetch")));
    type("Hello");
    send();
    await waitUntil(() => alert());
    expect(alert()).to.contain("Not sent");
    expect(area().value).to.equal("Hello");
    desk.on(`POST ${path}`, () => json(buildComment({ id: "m2" }), 201));
    send();
    await waitUntil(() => area().value === "");
    const keys = desk.of(`POST ${path}`).map((call) => call.headers.get("idempotency-key"));
    expect(keys[0]).to.be.a("string").and.to.equal(keys[1]);
  });

  it("uses another key for another text, and says what the desk refused", async () => {
    desk.on(`POST ${path}`, () =>
      problem(400, "validation_failed", { errors: [{ path: "body", message: "At most 10000 characters." }] }),
    );
    type("one");
    send();
    await waitUntil(() => alert());
    expect(alert()).to.equal("Not sent. At most 10000 characters. (req-1)");
    type("two");
    send();
    await waitUntil(() => desk.of(`POST ${path}`).length === 2);
    const keys = desk.of(`POST ${path}`).map((call) => call.headers.get("idempotency-key"));
    expect(keys[0]).not.to.equal(keys[1]);
  });

  it("sends once for two presses", async () => {
    type("Hello");
    send();
    send();
    await waitUntil(() => area().value === "");
    expect(desk.of(`POST ${path}`).length).to.equal(1);
  });

  it("goes between the tabs by arrow keys and leaves by Escape", async () => {
    tab(0).focus();
    tab(0).dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
    await waitUntil(() => tab(1).getAttribute("aria-selected") === "true");
    area().focus();
    area().dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
    expect(element.shadowRoot!.activeElement).not.to.equal(area());
  });

  describe("T4 mentions", () => {
    const options = () => [...element.renderRoot.querySelectorAll<HTMLElement>("[role=option]")];
    const key = (name: string) =>
      area().dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));

    it("offers colleagues in a note by keyboard, and sends whom one chose", async () => {
      await element.write("note");
      type("Look, @jo");
      await element.updateComplete;
      expect(options().map((one) => one.textContent.trim())).to.deep.equal(["JWJonas Whitlock"]);
      expect(area().getAttribute("aria-activedescendant")).to.equal(options()[0]!.id);
      await expect(element).to.be.accessible();
      key("Enter");
      await element.updateComplete;
      expect(area().value).to.equal("Look, @Jonas Whitlock ");
      expect(options().length).to.equal(0);
      send();
      await waitUntil(() => desk.of(`POST ${path}`).length === 1);
      expect(desk.of(`POST ${path}`)[0]!.body).to.deep.equal({
        body: "Look, @[Jonas Whitlock](staff:s2)",
        visibility: "internal",
      });
    });

    it("tells colleagues of one name apart by their address, and mentions the right one", async () => {
      desk.on("GET /v1/staff", () =>
        json({
          data: ["s2", "s3"].map((id) => ({ ...staffMember(id, "Jonas Whitlock") })),
          nextCursor: null,
        }),
      );
      await desk.directory.load();
      await element.write("note");
      type("@jo");
      await element.updateComplete;
      expect(options().map((one) => one.textContent.trim())).to.deep.equal([
        "JWJonas Whitlock (s2@example.com)",
        "JWJonas Whitlock (s3@example.com)",
      ]);
      key("ArrowDown");
      key("Enter");
      await element.updateComplete;
      expect(area().value).to.equal("@Jonas Whitlock (s3@example.com) ");
      send();
      await waitUntil(() => desk.of(`POST ${path}`).length === 1);
      expect(desk.of(`POST ${path}`)[0]!.body["body"]).to.equal("@[Jonas Whitlock](staff:s3)");
      type("And @Jonas Whitlock too");
      send();
      await waitUntil(() => alert());
      expect(alert()).to.contain("Several colleagues are called Jonas Whitlock.");
      expect(desk.of(`POST ${path}`).length).to.equal(1);
    });

    it("leaves by Escape, and offers nobody in a reply or in an address", async () => {
      await element.write("note");
      type("@");
      await element.updateComplete;
      expect(options().length).to.equal(2);
      key("Escape");
      await element.updateComplete;
      expect(options().length).to.equal(0);
      type("jonas@jo");
      await element.updateComplete;
      expect(options().length).to.equal(0);
      await element.write("reply");
      type("@jo");
      await element.updateComplete;
      expect(options().length).to.equal(0);
    });
  });

  describe("T8 files of a draft", () => {
    const file = { id: "f1", name: "crack.png", size: 2048, contentType: "image/png", scan: "pending" };
    const shown = () =>
      [...element.renderRoot.querySelectorAll(".uploads .file")].map((one) =>
        one.textContent.replaceAll(/\s+/g, " ").trim(),
      );
    const choose = (name: string) => {
      const input = element.renderRoot.querySelector<HTMLInputElement>("input[type=file]")!;
      const chosen = new DataTransfer();
      chosen.items.add(new File(["x"], name, { type: "image/png" }));
      input.files = chosen.files;
      input.dispatchEvent(new Event("change"));
    };
    const again = async () => {
      element.remove();
      await open();
    };
    beforeEach(async () => {
      desk.on("POST /v1/support/attachments", () => json({ ...file, url: "/f1", previewUrl: null }, 201));
      desk.on("HEAD /v1/support/attachments/f1", () => new Response(null, { status: 409 }));
      type("Look here");
      choose("crack.png");
      await waitUntil(() => shown()[0]?.includes("being checked for viruses"));
    });

    it("are there again after a reload, with what is known of viruses by now, and go with the message", async () => {
      desk.on("HEAD /v1/support/attachments/f1", () => new Response(null, { status: 200 }));
      await again();
      await waitUntil(() => shown()[0] === "crack.png2 kB, checked for viruses");
      await expect(element).to.be.accessible();
      send();
      await waitUntil(() => area().value === "");
      expect(desk.of(`POST ${path}`)[0]!.body).to.deep.include({ body: "Look here", attachmentIds: ["f1"] });
      await waitUntil(() => shown().length === 0);
      await again();
      expect(shown()).to.deep.equal([]);
    });

    it("that were swept meanwhile say so, hold the message up until they are taken out, and are forgotten", async () => {
      desk.on("HEAD /v1/support/attachments/f1", () => new Response(null, { status: 404 }));
      await again();
      await waitUntil(() => shown()[0]?.includes("No longer there: files are kept for a day"));
      send();
      await waitUntil(() => alert());
      expect(alert()).to.equal("Take out what could not be sent first.");
      element.renderRoot.querySelector<HTMLButtonElement>(".uploads button")!.click();
      await element.updateComplete;
      send();
      await waitUntil(() => desk.of(`POST ${path}`).length === 1);
      expect(desk.of(`POST ${path}`)[0]!.body).to.deep.equal({ body: "Look here", visibility: "public" });
    });

    it("that turned out to be infected are shown so, and not sent", async () => {
      desk.on("HEAD /v1/support/attachments/f1", () => new Response(null, { status: 422 }));
      await again();
      await waitUntil(() => shown()[0]?.includes("Had a virus in it"));
      send();
      await waitUntil(() => alert());
      expect(desk.of(`POST ${path}`).length).to.equal(0);
    });

    it("stay with their ticket: another one has its own", async () => {
      const other = new TicketStore(desk.session, "t2");
      other.ticket = buildTicket({ id: "t2" });
      const first = element.store;
      element.store = other;
      await waitUntil(() => shown().length === 0);
      expect(area().value).to.equal("");
      element.store = first;
      await waitUntil(() => shown().length === 1);
      expect(area().value).to.equal("Look here");
    });
  });

  it("T4 shows how a message will look, as the desk would show it, and the text again", async () => {
    desk.on("POST /v1/support/preview", () => json({ html: "<p><strong>Bold</strong><script>1</script></p>" }));
    type("**Bold**");
    const look = () => element.renderRoot.querySelector<HTMLButtonElement>("[aria-pressed]")!;
    look().click();
    await waitUntil(() => element.renderRoot.querySelector(".preview strong"));
    expect(element.renderRoot.querySelector(".preview script")).to.equal(null);
    expect(desk.of("POST /v1/support/preview")[0]!.body).to.deep.equal({ body: "**Bold**", visibility: "public" });
    look().click();
    await waitUntil(() => !element.renderRoot.querySelector(".preview"));
    expect(area().value).to.equal("**Bold**");
  });

  describe("T18 a thread that changed under one's hands", () => {
    const warning = () => element.renderRoot.querySelector("[role=alertdialog]");
    const meanwhile = (part: object) =>
      (element.store.comments = [
        ...element.store.comments,
        buildComment({
          id: "x",
          body: "It works now!",
          createdAt: new Date(Date.now() + 60_000).toISOString(),
          ...part,
        }),
      ]);

    it("is shown before sending, and sent on top only when one says so", async () => {
      type("Try this");
      meanwhile({});
      send();
      await waitUntil(() => warning());
      expect(warning()!.textContent)
        .to.contain("Mara Lindqvist wrote while you were writing.")
        .and.to.contain("It works now!");
      await expect(element).to.be.accessible();
      expect(desk.of(`POST ${path}`).length).to.equal(0);
      warning()!.querySelector<HTMLButtonElement>(".button-primary")!.click();
      await waitUntil(() => desk.of(`POST ${path}`).length === 1);
      await waitUntil(() => !warning());
    });

    it("is known to whoever read on, also after a reload", async () => {
      type("Try this");
      meanwhile({});
      const { comments } = element.store;
      element.remove();
      await open();
      element.store.comments = comments;
      send();
      await waitUntil(() => warning());
      warning()!.querySelectorAll("button")[1]!.click();
      await waitUntil(() => !warning());
      send();
      await waitUntil(() => desk.of(`POST ${path}`).length === 1);
    });

    it("is no matter of one's own messages, of notes and for notes", async () => {
      type("Try this");
      meanwhile({ visibility: "internal" });
      meanwhile({ id: "y", author: { type: "staff", id: "s1", name: "Ife" } });
      send();
      await waitUntil(() => desk.of(`POST ${path}`).length === 1);
      await element.write("note");
      type("By the way");
      meanwhile({ id: "z" });
      send();
      await waitUntil(() => desk.of(`POST ${path}`).length === 2);
    });
  });
});
