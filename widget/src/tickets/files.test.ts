import { expect, fixture, html, waitUntil as soon } from "@open-wc/testing";
import "../desk-elements.ts";
import { buildTicket, DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "../session/desk.ts";
import { setStandardDesk } from "../session/page-desk.ts";

/** On a machine that has other work to do, a second is short. */
const waitUntil = (is: () => unknown) => soon(() => Boolean(is()), undefined, { timeout: 10_000 });

describe("T8 files of a draft", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let element: HTMLElement;
  /** Where one writes: the form, or the composer of a request. */
  let root: () => ShadowRoot;

  const shown = () =>
    [...root().querySelectorAll(".uploads .file")].map((one) => one.textContent.replace(/\s+/g, " ").trim());
  const remove = () => root().querySelector<HTMLButtonElement>(".uploads button")!.click();
  const choose = (name: string) => {
    const input = root().querySelector<HTMLInputElement>("input[type=file]")!;
    const chosen = new DataTransfer();
    chosen.items.add(new File(["x"], name, { type: "image/png" }));
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));
  };
  /** What the desk knows of a file by now. */
  const stands = (id: string, status: number) =>
    edge.answers.set(`HEAD /v1/support/attachments/${id}`, () => ({ status, body: undefined }));
  const openForm = async () => {
    element = await fixture(html`<sidedesk-form></sidedesk-form>`);
    root = () => element.shadowRoot!;
    await waitUntil(() => root().querySelector("input[type=file]"));
  };
  const openRequest = async () => {
    element = await fixture(html`<sidedesk-ticket ticket-id=${edge.tickets[0]!.id}></sidedesk-ticket>`);
    root = () => element.shadowRoot!.querySelector("sidedesk-composer")!.shadowRoot!;
    await waitUntil(() =>
      element.shadowRoot!.querySelector("sidedesk-composer")?.shadowRoot?.querySelector("textarea"),
    );
  };
  const fill = (subject: string, text: string) => {
    for (const [id, value] of Object.entries({ subject, text })) {
      const field = root().getElementById(id) as HTMLInputElement;
      field.value = value;
      field.dispatchEvent(new InputEvent("input"));
    }
  };
  const send = () => root().querySelector<HTMLButtonElement>('button[type="submit"]')!.click();
  const sent = (path: RegExp) => edge.calls.filter((call) => call.method === "POST" && path.test(call.path));

  beforeEach(async () => {
    edge = new DeskEdge();
    edge.tickets = [buildTicket()];
    let files = 0;
    edge.answers.set("POST /v1/support/attachments", () => {
      files += 1;
      const file = {
        id: `f${files}`,
        name: `shot-${files}.png`,
        size: 2048,
        contentType: "image/png",
        scan: "pending",
      };
      return { status: 201, body: { ...file, url: "/f", previewUrl: null } };
    });
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    await desk.identify(() => "j.w.t");
  });
  afterEach(() => desk.logout());

  it("are there again after a reload, with what is known of viruses by now, and go with the message", async () => {
    await openRequest();
    choose("a.png");
    await waitUntil(() => shown()[0]?.includes("being checked"));
    choose("b.png");
    await waitUntil(() => shown().length === 2 && shown().every((one) => one.includes("being checked for viruses")));
    element.remove();
    stands("f1", 200);
    stands("f2", 409);
    await openRequest();
    await waitUntil(() => shown()[0] === "shot-1.png2 kB, checked for viruses");
    expect(shown()[1]).to.equal("shot-2.png2 kB, being checked for viruses");
    await expect(element).to.be.accessible();
    send();
    await waitUntil(() => sent(/comments$/).length === 1);
    expect(sent(/comments$/)[0]!.body).to.deep.equal({ body: "shot-1.png, shot-2.png", attachmentIds: ["f1", "f2"] });
    await waitUntil(() => shown().length === 0);
    element.remove();
    await openRequest();
    expect([shown(), desk.drafts.get(`files:comment:${edge.tickets[0]!.id}`)]).to.deep.equal([[], null]);
  });

  it("that were swept or infected meanwhile say so, and hold the request up until they are taken out", async () => {
    await openForm();
    choose("a.png");
    await waitUntil(() => shown()[0]?.includes("being checked"));
    choose("b.png");
    await waitUntil(() => shown().length === 2 && shown().every((one) => one.includes("being checked")));
    element.remove();
    stands("f1", 404);
    stands("f2", 422);
    await openForm();
    await waitUntil(() => shown()[0]?.includes("No longer here: files wait one day to be sent."));
    await waitUntil(() => shown()[1]?.includes("Had a virus in it and was removed"));
    await expect(element).to.be.accessible();
    fill("With pictures", "They show what I mean.");
    send();
    await waitUntil(() => root().textContent.includes("Take out what could not be sent first."));
    remove();
    await waitUntil(() => shown().length === 1);
    remove();
    await waitUntil(() => shown().length === 0);
    send();
    await waitUntil(() => root().querySelector(".done h2"));
    expect(sent(/tickets$/).map(({ body }) => body?.["attachmentIds"])).to.deep.equal([undefined]);
  });

  it("stay as they are while nobody can tell, and are looked for when the desk refuses them", async () => {
    await openForm();
    choose("a.png");
    await waitUntil(() => shown()[0]?.includes("being checked"));
    element.remove();
    edge.isReachable = false;
    await openForm();
    await waitUntil(() => shown().length > 0);
    expect(shown()).to.deep.equal(["shot-1.png2 kB, being checked for viruses"]);
    edge.isReachable = true;
    stands("f1", 404);
    const errors = [{ path: "attachmentIds", message: "There is no such file, or it was used already." }];
    edge.answers.set("POST /v1/support/tickets", () => problem(400, "validation_failed", { errors }));
    fill("With pictures", "They show what I mean.");
    send();
    await waitUntil(() => shown()[0]?.includes("No longer here"));
    expect(sent(/tickets$/)[0]!.body?.["attachmentIds"]).to.deep.equal(["f1"]);
  });

  it("are forgotten with the draft once the request is sent, also when its form is gone", async () => {
    await openForm();
    choose("a.png");
    await waitUntil(() => shown()[0]?.includes("being checked"));
    fill("From the train", "There is no network in the tunnel.");
    edge.isReachable = false;
    send();
    await waitUntil(() => root().textContent.includes("Waiting to send"));
    element.remove();
    edge.isReachable = true;
    dispatchEvent(new Event("online"));
    await waitUntil(() => sent(/tickets$/).length === 1);
    await waitUntil(() => desk.drafts.get("form") === null);
    expect(desk.drafts.get("files:form")).to.equal(null);
    await openForm();
    expect((root().getElementById("subject") as HTMLInputElement).value).to.equal("");
  });
});
