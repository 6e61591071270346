// Longer than most: what makes values of a schema is one recursive thing.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "../../api/src/core/http/openapi.ts";
import { routes } from "../../api/src/features.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { assertDescribed } from "../support/described.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";

type Schema = Record<string, unknown>;
/** Set FUZZ_SEED to see a failure again, FUZZ_RUNS to look longer. */
const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 1_000_000_000);
const runs = Number(process.env["FUZZ_RUNS"] ?? 25);

const document = openApiDocument(routes, "http://desk.example") as unknown as {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: { name: string; in: string; schema: Schema }[];
        requestBody?: { content: Record<string, { schema: Schema }> };
      }
    >
  >;
  components: { schemas: Record<string, Schema> };
};
const operationOf = (route: (typeof routes)[number]) =>
  document.paths[route.path.replace(/:(\w+)/g, "{$1}")]?.[route.method.toLowerCase()];

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let customer: TestCustomer;
let ticketId: string;
let webhookId: string;

beforeAll(async () => {
  app = await startTestApp({
    env: {
      SIDEDESK_LIMIT_LOGIN: "1000000",
      SIDEDESK_LIMIT_STAFF: "1000000",
      SIDEDESK_LIMIT_SESSIONS: "1000000",
      SIDEDESK_LIMIT_CUSTOMER_WRITES: "1000000",
      SIDEDESK_LIMIT_SUBMISSIONS: "1000000",
    },
  });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  customer = await buildCustomer(app, site);
  ticketId = (await buildTicket(app, customer)).id;
  const hook = { url: "https://shop.example/hook", events: ["ticket.created"] };
  webhookId = (await app.post("/v1/webhooks", { as: owner, body: hook })).body.id as string;
});
afterAll(() => app.close());

/** What nobody sends by accident. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
    "$ne",
    "__proto__",
    "constructor",
    "javascript:alert(1)",
    "${7*7}",
    "'; drop table",
    "../../etc/passwd",
    "%00",
    "9".repeat(400),
    "😀".repeat(50),
    -1,
    0,
    1e308,
    -0,
    0.1,
    2 ** 53,
    null,
    true,
    false,
  ),
  fc.constantFrom<unknown>(
    { $gt: "" },
    { $ne: null },
    { $where: "1" },
    { $regex: ".*" },
    [],
    {},
    [[]],
    [null],
    { toString: 1 },
    { length: 1e9 },
    { then: 1 },
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Values as a schema describes them, and now and then something else in their place. */
function valuesOf(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: depth === 0 ? 12 : 8, arbitrary: wellFormed(schema, depth) },
    { weight: 1, arbitrary: hostile },
  );
}

function wellFormed(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const { $ref, anyOf, oneOf, allOf, type, properties, required, items, additionalProperties } = schema as {
    $ref?: string;
    anyOf?: Schema[];
    oneOf?: Schema[];
    allOf?: Schema[];
    type?: string | string[];
    properties?: Record<string, Schema>;
    required?: string[];
    items?: Schema;
    additionalProperties?: Schema | boolean;
  };
  if (depth > 6) return fc.constant(null);
  if ($ref) return wellFormed(document.components.schemas[$ref.split("/").at(-1) ?? ""] ?? {}, depth + 1);
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const several = anyOf ?? oneOf ?? allOf;
  if (several) return fc.oneof(...several.map((one) => wellFormed(one, depth + 1)));
  switch (Array.isArray(type) ? type[0] : type) {
    case "object": {
      const members = Object.entries(properties ?? {}).map(
        ([name, inner]) => [name, valuesOf(inner, depth + 1)] as const,
      );
      const known = fc.record(Object.fromEntries(members), { requiredKeys: required ?? [] });
      if (typeof additionalProperties !== "object")
        return fc.oneof(
          { weight: 12, arbitrary: known },
          {
            weight: 1,
            arbitrary: fc
              .tuple(known, fc.dictionary(fc.string({ maxLength: 12 }), hostile, { maxKeys: 3 }))
              .map(([a, b]) => ({ ...b, ...a })),
          },
        );
      return fc.dictionary(fc.string({ maxLength: 12 }), valuesOf(additionalProperties, depth + 1), { maxKeys: 4 });
    }
    case "array":
      return fc.array(valuesOf(items ?? {}, depth + 1), {
        maxLength: Math.min(Number(schema["maxItems"] ?? 4) + 1, 6),
      });
    case "integer":
    case "number":
      return fc.oneof(
        fc.integer({
          min: Number(schema["minimum"] ?? 0),
          max: Math.max(Number(schema["minimum"] ?? 0), Number(schema["maximum"] ?? 1_000_000)),
        }),
        fc.double(),
      );
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return textOf(schema);
    default:
      return hostile;
  }
}

function textOf(schema: Schema): fc.Arbitrary<unknown> {
  const known = fc.constantFrom(
    ticketId,
    customer.id,
    customer.externalId ?? "",
    customer.email,
    owner.id,
    owner.email,
    site.slug,
    site.publicKey,
    "general",
    "open",
    "medium",
    "en",
    "UTC",
    "https://shop.example",
    "ticket.created",
    "webhook.test",
    "https://2130706433/",
  );
  if (schema["format"] === "email") return fc.oneof(fc.emailAddress(), known);
  if (schema["format"] === "date-time") return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const min = Number(schema["minLength"] ?? 0);
  const max = Math.min(Number(schema["maxLength"] ?? 300), 6000);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.string({ unit: "grapheme", minLength: min, maxLength: Math.max(min, Math.min(max, min + 40)) }),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: Math.max(0, max - 1), max: max + 1 }).map((length) => "x".repeat(length)),
    },
    { weight: 2, arbitrary: known },
  );
}

const queryOf = (parameters: { name: string; schema: Schema }[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        {
          weight: 8,
          arbitrary: fc.oneof(
            ...parameters.map(({ name, schema }) => valuesOf(schema, 1).map((value) => [name, value] as const)),
          ),
        },
        { weight: 1, arbitrary: fc.tuple(fc.constantFrom("status[$ne]", "__proto__", "x", "limit[]", ""), hostile) },
      ),
      { maxLength: 5 },
    )
    .map((pairs) =>
      pairs
        .map(
          ([name, value]) =>
            `${encode(name)}=${encode(typeof value === "string" ? value : (JSON.stringify(value) ?? ""))}`,
        )
        .join("&"),
    );
/** Lone surrogates have no percent-encoding; they go as what they would be in bytes. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed()).slice(0, 4000);

const credentials = (): fc.Arbitrary<{ kind: string; token: string | undefined }> =>
  fc.constantFrom(
    { kind: "owner", token: owner.token },
    { kind: "customer", token: customer.token },
    { kind: "server", token: site.secretKey },
    { kind: "public", token: site.publicKey },
    { kind: "nobody", token: undefined },
  );
const allowedFirst = (callers: readonly string[]): fc.Arbitrary<{ kind: string; token: string | undefined }> => {
  const kinds = {
    staff: { kind: "owner", token: owner.token },
    customer: { kind: "customer", token: customer.token },
    server: { kind: "server", token: site.secretKey },
    public: { kind: "public", token: site.publicKey },
    anyone: { kind: "nobody", token: undefined },
  };
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...callers.map((one) => kinds[one as keyof typeof kinds])) },
    { weight: 1, arbitrary: credentials() },
  );
};
const idFor = (path: string, name: string): string =>
  name === "slug" ? site.slug : path.startsWith("/v1/webhooks/:id") ? webhookId : ticketId;
const fill = (path: string): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 5, arbitrary: fc.constant("") },
      { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 30 }) },
    )
    .map((odd) => path.replace(/:(\w+)/g, (_all, name) => encode(odd || idFor(path, String(name))) || "x"));

/** Signing out, removing people and renaming the site would end the walk for those that come after. */
const spared = new Set(["DELETE /v1/staff/:id", "PATCH /v1/staff/:id", "POST /v1/sites", "DELETE /v1/webhooks/:id"]);

describe(`whatever can be built from the OpenAPI document (seed ${seed})`, () => {
  const fuzzed = routes
    .map((route) => [`${route.method} ${route.path}`, route] as const)
    .filter(
      ([name, route]) =>
        !spared.has(name) && (route.body !== undefined || route.query !== undefined || route.path.includes(":")),
    );

  it.each(fuzzed)("%s gets an answer that the document has", async (name, route) => {
    const operation = operationOf(route);
    const parameters = (operation?.parameters ?? []).filter((parameter) => parameter.in === "query");
    const schema = operation?.requestBody?.content["application/json"]?.schema;
    const calls = fc.record({
      who: allowedFirst(route.callers),
      path: fill(route.path),
      query: parameters.length > 0 ? queryOf(parameters) : fc.constant(""),
      body: schema ? valuesOf(schema) : fc.constant(undefined),
      key: fc.option(fc.string({ unit: fc.constantFrom("a", "-", "0"), minLength: 1, maxLength: 6 }), {
        nil: undefined,
        freq: 4,
      }),
    });
    await fc.assert(
      fc.asyncProperty(calls, async ({ who, path, query, body, key }) => {
        if (name === "PATCH /v1/sites/:slug" && typeof body === "object" && body !== null)
          delete (body as { slug?: unknown }).slug;
        const reply = await app.call(route.method, query ? `${path}?${query}` : path, {
          as: who.token,
          ...(body === undefined ? {} : { body }),
          ...(key && route.method === "POST" ? { headers: { "idempotency-key": key } } : {}),
        });
        expect(reply.status).toBeLessThan(500);
        // A path that was bent leads to another address, whose answers this route does not describe.
        if (path === route.path.replace(":slug", site.slug).replace(":id", idFor(route.path, "id")))
          assertDescribed(name, reply, `${who.kind} ${name}`);
      }),
      { seed, numRuns: runs, endOnFailure: true },
    );
  });

  it("leaves the server well", async () => {
    expect((await app.get("/health/ready")).status).toBe(200);
    expect((await app.get(`/v1/support/tickets/${ticketId}`, { as: customer })).status).toBe(200);
  });
});
