import { expect } from "@open-wc/testing";
import { DeskHarness, json, problem } from "./desk.harness.ts";

describe("Session", () => {
  let desk: DeskHarness;
  beforeEach(() => (desk = new DeskHarness()));
  afterEach(() => desk.stop());

  it("is out without a cookie, in with one", async () => {
    desk.on("POST /v1/staff/refresh", () => new Response(null, { status: 204 }));
    await desk.start();
    expect(desk.session.state).to.equal("out");
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession()));
    await desk.session.start();
    expect(desk.session.state).to.equal("in");
    expect(desk.session.slug).to.equal("demo");
  });

  it("spends the cookie once for many calls that come at the same time", async () => {
    await desk.start();
    const before = desk.of("POST /v1/staff/refresh").length;
    const tokens = await Promise.all([1, 2, 3].map(() => desk.session.token({ renew: true })));
    expect(tokens).to.deep.equal(["token", "token", "token"]);
    expect(desk.of("POST /v1/staff/refresh").length - before).to.equal(1);
  });

  it("renews when a call is refused as expired, and names the site", async () => {
    await desk.start();
    let isFirst = true;
    desk.on("GET /v1/support/tickets/t1", () => {
      if (!isFirst) return json({ id: "t1" });
      isFirst = false;
      return problem(401, "session_expired");
    });
    expect(await desk.session.client.tickets.get("t1")).to.deep.equal({ id: "t1" });
    expect(desk.of("GET /v1/support/tickets/t1")[0]!.headers.get("x-site")).to.equal("demo");
  });

  it("ends when it cannot be renewed, and says that it has expired", async () => {
    await desk.start();
    desk.on("POST /v1/staff/refresh", () => problem(401, "unauthenticated"));
    desk.on("GET /v1/support/tickets/t1", () => problem(401, "session_expired"));
    await desk.session.client.tickets.get("t1").catch(() => {});
    expect(desk.session.state).to.equal("out");
    expect(desk.session.expired).to.equal(true);
  });

  it("does not sign anybody out when the desk is only out of reach", async () => {
    desk.on("POST /v1/staff/refresh", () => Promise.reject(new TypeError("Failed to fetch")));
    await desk.start();
    expect(desk.session.state).to.equal("unreachable");
  });

  it("writes no token anywhere", async () => {
    await desk.start();
    await desk.session.client.tickets.list();
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.to.contain("token");
  });
});
