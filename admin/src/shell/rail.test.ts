import { expect, waitUntil } from "@open-wc/testing";
import { DeskHarness, json, problem } from "./desk.harness.ts";
import { ConsoleRail } from "./rail.ts";

describe("T10 <desk-rail>", () => {
  let desk: DeskHarness;
  let element: ConsoleRail;
  let away: boolean;
  const me = () => element.renderRoot.querySelector("sd-menu.me") as HTMLElement & { renderRoot: ShadowRoot };
  const choose = async (words: string) => {
    me().renderRoot.querySelector("button")!.click();
    const item = () =>
      [...me().renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")].find((one) =>
        one.textContent.includes(words),
      );
    await waitUntil(item, `${words} is offered`);
    item()!.click();
  };

  beforeEach(async () => {
    away = false;
    desk = new DeskHarness();
    desk.on("GET /v1/staff", () =>
      json({
        data: [
          {
            id: "s1",
            name: "Ife Adair",
            email: "",
            role: "agent",
            disabled: false,
            away,
            invited: false,
            createdAt: "",
          },
        ],
        nextCursor: null,
      }),
    );
    await desk.start();
    desk.on("PATCH /v1/staff/s1", ({ body }) => {
      away = body["away"] as boolean;
      return json({});
    });
    element = new ConsoleRail();
    desk.root.append(element);
    await element.updateComplete;
  });
  afterEach(() => desk.stop());

  it("lets one say that one is away, and back again", async () => {
    await choose("I am away");
    await waitUntil(() => desk.directory.isAway("s1"));
    expect(desk.of("PATCH /v1/staff/s1")[0]!.body).to.deep.equal({ away: true });
    await waitUntil(() => desk.toasts.all.some(({ words }) => words.startsWith("You are away")));
    await element.updateComplete;
    await choose("I am back");
    await waitUntil(() => !desk.directory.isAway("s1"));
    expect(desk.of("PATCH /v1/staff/s1")[1]!.body).to.deep.equal({ away: false });
  });

  it("says when that could not be kept", async () => {
    desk.on("PATCH /v1/staff/s1", () => problem(503, "unavailable"));
    await choose("I am away");
    await waitUntil(() => desk.toasts.all.some(({ isProblem }) => isProblem));
    expect(desk.directory.isAway("s1")).to.equal(false);
  });

  it("cuts the name of a view, never how many it shows", async () => {
    const name = "Everything that has to do with billing and refunds";
    const view = { id: "v1", name, filter: {}, sort: null, shared: true, owner: { id: "s1", name: "" }, createdAt: "" };
    desk.on("GET /v1/views", () => json({ data: [{ ...view, count: 111 }], nextCursor: null }));
    element.style.inlineSize = "216px";
    await desk.views.load();
    const count = () => [...element.renderRoot.querySelectorAll("a .num")].find((one) => one.textContent === "111");
    await waitUntil(count, "its count is shown");
    expect(count()!.getBoundingClientRect().right).to.be.below(element.getBoundingClientRect().right);
  });
});
