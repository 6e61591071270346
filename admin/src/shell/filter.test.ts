import { expect } from "@open-wc/testing";
import { buildTicket } from "./desk.harness.ts";
import { compare, defaultFilter, filterQuery, filterSearch, matches, parseFilter } from "./filter.ts";

describe("the filter in the address", () => {
  it("is empty for the usual view: what is open, due first", () => {
    expect(parseFilter("")).to.deep.equal(defaultFilter);
    expect(filterSearch(defaultFilter)).to.equal("");
  });

  it("survives writing and reading", () => {
    for (const search of [
      "?status=resolved,closed",
      "?status=all",
      "?priority=high&assignee=me",
      "?tag=a%20b",
      "?q=late%20parcel",
      "?sort=-updatedAt",
    ]) {
      expect(filterSearch(parseFilter(search)), search).to.equal(search);
    }
  });

  it("leaves out what it does not know", () => {
    expect(parseFilter("?status=nonsense&priority=high,x&sort=drop&foo=1")).to.deep.equal({
      ...defaultFilter,
      priority: ["high"],
    });
  });

  it("searches everywhere and by relevance", () => {
    const filter = parseFilter("?q=parcel");
    expect(filter.status).to.deep.equal([]);
    expect(filterQuery(filter).sort).to.equal(undefined);
  });
});

describe("a ticket that came live", () => {
  it("belongs into the view by status, priority, category, tag and assignee", () => {
    const mine = buildTicket({ assignee: { id: "s1", name: "Ife" }, tags: ["vat"], priority: "high" });
    expect(matches(parseFilter("?assignee=me&tag=vat&priority=high"), mine, "s1")).to.equal(true);
    expect(matches(parseFilter("?assignee=none"), mine, "s1")).to.equal(false);
    expect(matches(parseFilter(""), buildTicket({ status: "closed" }), "s1")).to.equal(false);
  });

  it("never belongs into a search, which the desk alone can judge", () => {
    expect(matches(parseFilter("?q=leaks"), buildTicket(), "s1")).to.equal(false);
  });

  it("stands where the order puts it", () => {
    const early = buildTicket({ id: "a", slaDueAt: "2026-11-20T10:00:00Z", priority: "low" });
    const late = buildTicket({ id: "b", slaDueAt: "2026-11-20T11:00:00Z", priority: "critical" });
    expect(compare("slaDueAt", early, late)).to.be.below(0);
    expect(compare("-priority", early, late)).to.be.above(0);
    expect(compare("slaDueAt", buildTicket({ slaDueAt: null }), late)).to.be.above(0);
    const at = (minute: number) => `2026-11-20T08:${String(minute).padStart(2, "0")}:00.000Z`;
    const answered = { firstRespondedAt: at(1), lastStaffMessageAt: at(1), slaState: "met" as const };
    const inTurn = [
      early,
      late,
      buildTicket({ slaState: "paused", status: "waiting_customer" }),
      buildTicket({ ...answered, lastCustomerMessageAt: at(5) }),
      buildTicket({ ...answered, lastCustomerMessageAt: at(6) }),
      buildTicket({ ...answered, lastCustomerMessageAt: at(4), status: "waiting_customer" }),
    ];
    expect([...inTurn].reverse().sort((a, b) => compare("slaDueAt", a, b))).to.deep.equal(inTurn);
  });
});
