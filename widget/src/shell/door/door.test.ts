import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import type { CustomerSession } from "@sidedesk/contract";
import { customer, DeskEdge, problem, type Answer } from "../../../../test/browser/desk-edge.ts";
import { Desk } from "../../session/desk.ts";
import { setStandardDesk } from "../../session/page-desk.ts";
import "./door.ts";
import type { SidedeskPortalDoor } from "./door.ts";
import type { DoorView } from "./door-words.ts";

const session: CustomerSession = { token: "t", expiresAt: new Date(Date.now() + 900_000).toISOString(), customer };

describe("D2 <sidedesk-portal-door>", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let element: SidedeskPortalDoor;
  let entered: CustomerSession[];
  const root = () => element.shadowRoot!;
  const field = (name: string) => root().querySelector<HTMLInputElement>(`#${name}`)!;
  const title = () => root().querySelector("h1")!.textContent;
  const words = () => root().textContent.replaceAll(/\s+/g, " ");
  const sent = (path: string) =>
    edge.calls.filter((call) => call.path === `/v1/portal/${path}`).map(({ body }) => body);
  const ways = () => [...root().querySelectorAll(".ways > *")].map((one) => one.textContent.trim());

  async function open(view: DoorView, token: string | null = null): Promise<void> {
    edge = new DeskEdge();
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    entered = [];
    element = await fixture(
      html`<sidedesk-portal-door
        .view=${view}
        .slug=${"demo"}
        .token=${token}
        .enter=${(one: CustomerSession) => {
          entered.push(one);
          return Promise.resolve();
        }}
      ></sidedesk-portal-door>`,
    );
    await desk.loadSite();
  }
  function type(name: string, text: string): void {
    field(name).value = text;
    field(name).dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  async function submit(typed: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(typed)) type(name, text);
    await element.updateComplete;
    root().querySelector("form")!.requestSubmit();
    await element.updateComplete;
  }
  const answer = (path: string, given: () => Answer | Promise<Answer>) =>
    edge.answers.set(`POST /v1/portal/${path}`, given);
  const person = { email: "mara@example.com", password: "a few good words" };

  it("signs in, and tells the portal of the session", async () => {
    await open("sign-in");
    await expect(element).to.be.accessible();
    expect([field("email").autocomplete, field("password").autocomplete]).to.deep.equal([
      "username",
      "current-password",
    ]);
    answer("login", () => ({ status: 200, body: session }));
    await submit({ ...person, email: " mara@example.com " });
    await waitUntil(() => entered.length === 1);
    expect(entered).to.deep.equal([session]);
    expect(sent("login")).to.deep.equal([{ site: "demo", ...person }]);
  });

  it("asks for nothing while something is missing, and says what", async () => {
    await open("sign-in");
    await submit({ email: "mara" });
    expect(words()).to.contain("An email looks like name@place.example").and.to.contain("Enter your password.");
    await waitUntil(() => root().activeElement === field("email"));
    expect(sent("login")).to.deep.equal([]);
  });

  it("says how many tries are left, then how long the break is, and when nobody answers", async () => {
    await open("sign-in");
    for (const [left, said] of [
      [9, "Email and password do not match."],
      [2, "Tries left before a break of 15 minutes: 2."],
      [0, "Please wait 15 minutes before the next try."],
    ] as const) {
      answer("login", () => problem(401, "unauthenticated", { triesLeft: left }));
      await submit(person);
      await waitUntil(() => words().includes(said));
    }
    answer("login", () => problem(429, "rate_limited"));
    await submit(person);
    await waitUntil(() => words().includes("That was too often. You can try again in 15 min."));
    answer("login", () => Promise.reject(new TypeError("offline")));
    await submit(person);
    await waitUntil(() => words().includes("The help desk does not answer at the moment."));
    expect(field("password").value).to.equal(person.password);
    await expect(element).to.be.accessible();
  });

  it("shows the password when asked, and only then", async () => {
    await open("sign-in");
    const toggle = root().querySelector<HTMLButtonElement>(".secret button")!;
    expect([field("password").type, toggle.textContent.trim()]).to.deep.equal(["password", "Show"]);
    toggle.click();
    await element.updateComplete;
    expect([field("password").type, toggle.textContent.trim()]).to.deep.equal(["text", "Hide"]);
    await expect(element).to.be.accessible();
  });

  it("registers, says where the mail went, and sends it again with the same words", async () => {
    await open("register");
    expect(field("password").autocomplete).to.equal("new-password");
    await submit({ name: " Mara ", email: person.email, password: "short" });
    expect(words()).to.contain("A few more characters, please: at least 10.");
    answer("register", () => ({ status: 202, body: { email: person.email, expiresAt: session.expiresAt } }));
    await submit({ password: person.password });
    await waitUntil(() => title() === "Check your mail");
    await waitUntil(() => root().activeElement === root().querySelector("h1"));
    expect(words()).to.contain(`We wrote to ${person.email}.`);
    await expect(element).to.be.accessible();
    answer("register", () => problem(429, "rate_limited"));
    root().querySelector<HTMLButtonElement>(".ways button")!.click();
    await waitUntil(() => words().includes("That was too often."));
    const [first, again] = sent("register");
    expect(first)
      .to.include({ site: "demo", name: "Mara", ...person })
      .and.to.have.property("timezone");
    expect(again).to.deep.equal(first);
  });

  it("offers no account where the site takes none, and says so to who tries", async () => {
    await open("sign-in");
    expect(ways()).to.deep.equal(["Forgot your password?", "Create an account"]);
    desk.site = { ...desk.site!, portal: { ...desk.site!.portal, registration: false } };
    element.requestUpdate();
    await element.updateComplete;
    expect(ways()).to.deep.equal(["Forgot your password?"]);
    element.view = "register";
    await element.updateComplete;
    answer("register", () => problem(403, "forbidden"));
    await submit({ name: "Mara", ...person });
    await waitUntil(() => words().includes("Nobody can make an account here at the moment."));
  });

  it("says the same of a forgotten password, whoever it is", async () => {
    await open("forgot");
    answer("password/forgot", () => ({ status: 204 }));
    await submit({ email: person.email });
    await waitUntil(() => title() === "Check your mail");
    expect(words()).to.contain(`If there is an account with ${person.email}, a mail with a link is on its way.`);
    root().querySelector<HTMLButtonElement>(".ways button:last-child")!.click();
    await waitUntil(() => title() === "Forgot your password?");
    expect(field("email").value).to.equal(person.email);
  });

  it("confirms an address by a press, never by itself: whatever looks at mails follows their links", async () => {
    await open("verify", "token-1");
    expect(edge.calls.some(({ path }) => path.startsWith("/v1/portal"))).to.equal(false);
    answer("verify", () => ({ status: 200, body: session }));
    await submit({});
    await waitUntil(() => title() === "Welcome");
    expect([entered, sent("verify")]).to.deep.equal([[session], [{ token: "token-1" }]]);
    await expect(element).to.be.accessible();
  });

  it("says that a link is used up, or not whole, and how to go on", async () => {
    await open("reset", "token-1");
    answer("password/reset", () => problem(401, "unauthenticated"));
    await submit({ password: person.password });
    await waitUntil(() => title() === "This link has ended");
    expect(ways()).to.deep.equal(["Send a new link"]);
    await expect(element).to.be.accessible();
    element.token = "token-2"; // the next mail's link, in the same tab
    await waitUntil(() => title() === "Choose a new password");
    expect(field("password").value).to.equal("");
    await open("verify");
    expect(title()).to.equal("This link has ended");
  });
});
