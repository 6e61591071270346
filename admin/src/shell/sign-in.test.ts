import { expect, waitUntil } from "@open-wc/testing";
import { DeskHarness, json, problem } from "./desk.harness.ts";
import { SignIn } from "./sign-in.ts";

describe("<desk-sign-in>", () => {
  let desk: DeskHarness;
  let element: SignIn;
  const root = () => element.renderRoot as ShadowRoot;
  const field = (id: string) => root().getElementById(id) as HTMLInputElement;
  const alert = () => root().querySelector("[role=alert]")?.textContent?.trim() ?? "";

  beforeEach(async () => {
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => new Response(null, { status: 204 }));
    await desk.start();
    element = new SignIn();
    desk.root.append(element);
    await element.updateComplete;
  });
  afterEach(() => desk.stop());

  async function submit(email: string, password: string): Promise<void> {
    field("email").value = email;
    field("password").value = password;
    root().querySelector("form")!.requestSubmit();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await element.updateComplete;
  }

  it("has fields and a button by their names", async () => {
    expect([...root().querySelectorAll("label")].map((label) => label.textContent)).to.deep.equal([
      "Email",
      "Password",
    ]);
    expect(root().querySelector("button[type=submit]")!.textContent.trim()).to.equal("Sign in");
    expect(field("password").autocomplete).to.equal("current-password");
    await expect(element).to.be.accessible();
  });

  it("signs in", async () => {
    desk.on("POST /v1/staff/login", () => json(desk.staffSession()));
    await submit("ife@example.com", "a long password");
    expect(desk.of("POST /v1/staff/login")[0]!.body).to.deep.equal({
      email: "ife@example.com",
      password: "a long password",
    });
    expect(desk.session.state).to.equal("in");
  });

  it("asks for a link for a new password, and says the same whether there is such an account or not", async () => {
    desk.on("POST /v1/staff/password/forgot", () => new Response(null, { status: 204 }));
    const forgotten = [...root().querySelectorAll("button")].find((one) => one.textContent.includes("Forgot"))!;
    forgotten.click();
    await waitUntil(() => alert() === "Type your email above, please.");
    field("email").value = "ife@example.com";
    forgotten.click();
    await waitUntil(() => root().textContent.includes("a mail with a link is on its way"));
    expect(desk.of("POST /v1/staff/password/forgot").map(({ body }) => body)).to.deep.equal([
      { email: "ife@example.com" },
    ]);
    await expect(element).to.be.accessible();
  });

  it("says how many tries are left, then how long the pause is", async () => {
    desk.on("POST /v1/staff/login", () => problem(401, "unauthenticated", { triesLeft: 7 }));
    await submit("ife@example.com", "wrong");
    expect(alert()).to.equal("Email and password do not match. 7 tries left, then a 15 minute pause.");
    expect(field("email").value).to.equal("ife@example.com");
    desk.on("POST /v1/staff/login", () => problem(429, "rate_limited", {}, { "retry-after": "840" }));
    await submit("ife@example.com", "wrong");
    expect(alert()).to.equal("Too many tries. You can sign in again in 14 min.");
  });

  it("asks for nothing while a field is empty", async () => {
    await submit("ife@example.com", "");
    expect(alert()).to.equal("Enter your email and password.");
    expect(desk.of("POST /v1/staff/login")).to.deep.equal([]);
    expect(root().activeElement).to.equal(field("password"));
  });

  it("takes the code as a step of its own", async () => {
    desk.on("POST /v1/staff/login", ({ body }) =>
      body["code"] ? json(desk.staffSession()) : problem(401, "totp_required"),
    );
    await submit("ife@example.com", "a long password");
    await waitUntil(() => field("code"));
    field("code").value = "123456";
    root().querySelector("form")!.requestSubmit();
    await waitUntil(() => desk.session.state === "in");
    expect(desk.of("POST /v1/staff/login")[1]!.body).to.include({ code: "123456" });
  });
});
