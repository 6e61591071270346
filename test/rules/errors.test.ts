import { errorTable } from "@sidedesk/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../api/src/features.ts";
import { problemOf, startTestApp, type TestApp } from "../support/app.ts";
import { sourceFiles } from "../support/source-files.ts";

const codes = Object.keys(errorTable);
const sources = sourceFiles().filter(({ path }) => path.startsWith("api/src/") && !path.endsWith(".test.ts"));
/** What callers were promised; more may come, none may go or change its status. */
const promised = {
  400: ["validation_failed", "malformed_json", "url_not_allowed"],
  401: ["unauthenticated", "session_expired", "totp_required"],
  403: ["forbidden", "origin_not_allowed"],
  404: ["not_found"],
  405: ["method_not_allowed", "ticket_immutable"],
  409: [
    "illegal_transition",
    "version_conflict",
    "not_resolved",
    "idempotency_conflict",
    "limit_reached",
    "rating_closed",
    "scan_pending",
  ],
  413: ["payload_too_large"],
  415: ["unsupported_media_type"],
  422: ["infected_file", "unreadable_file"],
  429: ["rate_limited"],
  503: ["unavailable"],
};

let app: TestApp;
let page: string;
beforeAll(async () => {
  app = await startTestApp();
  const reply = await app.get("/docs/errors");
  expect(reply.status).toBe(200);
  page = reply.body as string;
});
afterAll(() => app.close());

describe("error codes", () => {
  it("keep what was promised", () => {
    for (const [status, names] of Object.entries(promised))
      for (const name of names)
        expect([name, errorTable[name as keyof typeof errorTable]?.status]).toEqual([name, Number(status)]);
  });

  it.each(codes)("%s has a section of its own at /docs/errors", (code) => {
    const section = new RegExp(`<section id="${code}">(.*?)</section>`, "s").exec(page)?.[1] ?? "";
    expect(section).toContain(String(errorTable[code as keyof typeof errorTable].status));
    expect(section.replace(/<[^>]+>/g, "").length).toBeGreaterThan(40);
  });

  it("are thrown from the table only", () => {
    const thrown = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/new AppError\(\s*"(\w+)"/g)].map((match) => ({ path, code: match[1] ?? "" })),
    );
    expect(thrown.length).toBeGreaterThan(20);
    expect(thrown.filter(({ code }) => !codes.includes(code))).toEqual([]);
  });

  it("that only some routes answer with are listed on at least one of them", () => {
    const everywhere = [
      "validation_failed",
      "malformed_json",
      "payload_too_large",
      "unsupported_media_type",
      "rate_limited",
      "idempotency_conflict",
      "unauthenticated",
      "session_expired",
      "forbidden",
      "origin_not_allowed",
      "not_found",
      "method_not_allowed",
      "internal",
      "unavailable",
    ];
    const listed = new Set<string>([...everywhere, ...routes.flatMap((route) => route.errors ?? [])]);
    const thrown = new Set(
      sources.flatMap(({ text }) => [...text.matchAll(/new AppError\(\s*"(\w+)"/g)].map((match) => match[1] ?? "")),
    );
    expect([...thrown].filter((code) => !listed.has(code))).toEqual([]);
  });

  it("lead from a problem's type to their section", async () => {
    const problem = problemOf(await app.get("/v1/nothing-here"));
    expect(problem).toMatchObject({ status: 404, code: "not_found" });
    const [address, anchor] = problem.type.split("#");
    const found = await fetch(address ?? "");
    expect([found.status, anchor]).toEqual([200, "not_found"]);
    expect(await found.text()).toContain(`id="${anchor}"`);
  });
});
