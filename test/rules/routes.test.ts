import { errorTable, roles, type Role } from "@sidedesk/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyRoute } from "../../api/src/core/http/route.ts";
import { routes } from "../../api/src/features.ts";
import { type Call, problemOf, startTestApp, type TestApp } from "../support/app.ts";
import { buildCustomer, buildSite, buildStaff, type TestSite } from "../support/factories.ts";

const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const);
const neededRole = (route: AnyRoute): Role => route.role ?? (route.method === "GET" ? "viewer" : "agent");

let app: TestApp;
let site: TestSite;
let tokens: { customer: string; server: string; public: string; staff: Record<Role, string> };

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  const staff = await Promise.all(
    roles.map(async (role) => [role, (await buildStaff(app, site, { role })).token] as const),
  );
  tokens = {
    customer: (await buildCustomer(app, site)).token,
    server: site.secretKey,
    public: site.publicKey,
    staff: Object.fromEntries(staff) as Record<Role, string>,
  };
});
afterAll(() => app.close());

/** Calls a route with parameters that are well-formed and lead nowhere, but for the site's own slug. */
const call = (route: AnyRoute, given: Call = {}) =>
  app.call(
    route.method,
    route.path.replace(/:(\w+)/g, (_all, name) => (name === "slug" ? site.slug : "0123456789abcdef01234567")),
    given,
  );

describe("the list of routes", () => {
  it("is not empty and names each method and path once", () => {
    const shapes = routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ":")}`);
    expect(shapes.length).toBeGreaterThan(20);
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it.each(named)("%s says who may call it, what it is for and what it answers", (_name, route) => {
    expect(route.callers.length).toBeGreaterThan(0);
    expect(route.callers.includes("anyone") && route.callers.length > 1).toBe(false);
    expect(route.summary).toMatch(/^[A-Z].{5,99}[^.]$/);
    expect(route.tag).toMatch(/^[A-Z]/);
    if (![204, 405].includes(route.status)) expect(route.output).toBeDefined();
    if (route.method === "GET") expect(route.body).toBeUndefined();
    // A role is for staff only; anywhere else it would look like a guard and be none.
    if (route.role) expect(route.callers).toContain("staff");
  });
});

describe("every route is guarded", () => {
  const guarded = named.filter(([, route]) => !route.callers.includes("anyone"));

  it.each(guarded)("%s: 401 for nobody, and for credentials that are none", async (_name, route) => {
    for (const given of [
      {},
      { as: "not-a-token" },
      { as: "sk_unknown" },
      { as: "pk_unknown" },
      { headers: { authorization: "Basic YTpi" } },
      { headers: { authorization: "Bearer " } },
    ]) {
      const reply = await call(route, given);
      expect([reply.status, problemOf(reply).code]).toEqual([401, "unauthenticated"]);
    }
  });

  it.each(guarded)(
    "%s: 403 for kinds of callers that may never use it, 401 for a site key where a person is needed",
    async (_name, route) => {
      const refused = (["customer", "server", "public"] as const).filter((kind) => !route.callers.includes(kind));
      for (const kind of refused) {
        const reply = await call(route, { as: tokens[kind] });
        expect([kind, reply.status, problemOf(reply).code]).toEqual([
          kind,
          ...(kind === "public" ? [401, "unauthenticated"] : [403, "forbidden"]),
        ]);
      }
      if (!route.callers.includes("staff")) {
        const reply = await call(route, { as: tokens.staff.owner });
        expect([reply.status, problemOf(reply).code]).toEqual([403, "forbidden"]);
      }
    },
  );

  it.each(guarded.filter(([, route]) => route.callers.includes("staff")))(
    "%s: 403 for roles below the one it needs, and the owner gets past",
    async (_name, route) => {
      for (const role of roles.slice(0, roles.indexOf(neededRole(route)))) {
        const reply = await call(route, { as: tokens.staff[role] });
        expect([role, reply.status, problemOf(reply).code]).toEqual([role, 403, "forbidden"]);
      }
      expect([401, 403]).not.toContain((await call(route, { as: tokens.staff.owner })).status);
    },
  );

  it.each(guarded)(
    "%s: 403 without CORS headers for a page whose origin the site does not list",
    async (_name, route) => {
      const kind = route.callers.find((one) => one !== "anyone") as "customer" | "server" | "public" | "staff";
      const reply = await call(route, {
        as: kind === "staff" ? tokens.staff.owner : tokens[kind],
        headers: { origin: "https://elsewhere.example" },
      });
      expect([reply.status, problemOf(reply).code]).toEqual([403, "origin_not_allowed"]);
      expect(reply.headers.get("access-control-allow-origin")).toBeNull();
    },
  );
});

describe("the OpenAPI document", () => {
  type Json = Record<string, unknown>;
  interface Operation {
    operationId: string;
    summary: string;
    tags: string[];
    security: Json[];
    parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
    requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
    responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
  }
  let document: {
    openapi: string;
    info: Json;
    servers: { url: string }[];
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Json; securitySchemes: Json };
  };
  beforeAll(async () => {
    const reply = await app.get("/v1/openapi.json", { headers: { origin: "https://anywhere.example" } });
    expect([reply.status, reply.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    document = reply.body as typeof document;
  });
  it("is open to every origin, preflight and all, and takes no query", async () => {
    const headers = { origin: "https://anywhere.example", "access-control-request-method": "GET" };
    const preflight = await fetch(`${app.url}/v1/openapi.json`, { method: "OPTIONS", headers });
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    const refused = await app.get("/v1/openapi.json?x=1", { headers: { origin: "https://anywhere.example" } });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([400, "*"]);
  });
  it("says where a body may be left out", () => {
    const isNeeded = (path: string, method: string) => document.paths[path]?.[method]?.requestBody?.required;
    expect([isNeeded("/v1/notifications/read-all", "put"), isNeeded("/v1/notifications", "post")]).toEqual([
      false,
      true,
    ]);
  });
  const operationOf = (route: AnyRoute): Operation | undefined =>
    document.paths[route.path.replace(/:(\w+)/g, "{$1}")]?.[route.method.toLowerCase()];

  it("is OpenAPI 3.1 with everything it refers to", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(document.servers.every(({ url }) => URL.canParse(url))).toBe(true);
    const dangling = [...referencesOf(document)].filter((reference) => resolve(document, reference) === undefined);
    expect(dangling).toEqual([]);
    expect(Object.keys(document.components.schemas).filter((name) => !/^[a-zA-Z0-9._-]+$/.test(name))).toEqual([]);
  });

  it("has schemas of JSON Schema 2020-12 only", () => {
    const types = new Set(["null", "boolean", "object", "array", "number", "string", "integer"]);
    const wrong: string[] = [];
    const visit = (schema: unknown, at: string): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { type, nullable, required, properties, items, enum: values } = schema as Json;
      if (type !== undefined && ![type].flat().every((one) => types.has(String(one))))
        wrong.push(`${at}: type ${JSON.stringify(type)}`);
      if (nullable !== undefined) wrong.push(`${at}: nullable is of OpenAPI 3.0`);
      if (values !== undefined && (!Array.isArray(values) || values.length === 0)) wrong.push(`${at}: enum`);
      if (Array.isArray(required) && properties)
        for (const name of required)
          if (!Object.hasOwn(properties, String(name)))
            wrong.push(`${at}: requires ${String(name)}, which it does not have`);
      if (Array.isArray(items)) wrong.push(`${at}: items as a list is of an older draft`);
      for (const [key, value] of Object.entries((properties as Json | undefined) ?? {})) visit(value, `${at}.${key}`);
      for (const key of ["items", "additionalProperties", "not"]) visit((schema as Json)[key], `${at}.${key}`);
      for (const key of ["anyOf", "oneOf", "allOf"])
        for (const [index, one] of (((schema as Json)[key] as unknown[] | undefined) ?? []).entries())
          visit(one, `${at}.${key}[${index}]`);
    };
    for (const [name, schema] of Object.entries(document.components.schemas)) visit(schema, name);
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        for (const parameter of operation.parameters ?? [])
          visit(parameter.schema, `${method} ${path} ${parameter.name}`);
        for (const content of [operation.requestBody, ...Object.values(operation.responses)])
          for (const { schema } of Object.values(content?.content ?? {})) visit(schema, `${method} ${path}`);
      }
    expect(wrong).toEqual([]);
  });

  it("holds the routes that are served and no others, each under a name of its own", () => {
    const listed = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual(
      routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`).sort(),
    );
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(named)("%s is there with its callers' credentials, its input and every answer it gives", (_name, route) => {
    const operation = operationOf(route)!;
    expect(operation).toMatchObject({ summary: route.summary, tags: [route.tag] });
    const expected = route.callers.includes("anyone")
      ? []
      : [
          ...(route.callers.some((kind) => kind !== "public") ? [{ session: [] }] : []),
          ...(route.callers.includes("public") ? [{ siteKey: [] }] : []),
        ];
    expect(operation.security).toEqual(expected);
    for (const scheme of operation.security.flatMap((one) => Object.keys(one)))
      expect(document.components.securitySchemes).toHaveProperty(scheme);

    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
    expect(inPath.map(({ name }) => name)).toEqual([...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]));
    expect(inPath.every(({ required }) => required === true)).toBe(true);
    expect((operation.parameters ?? []).some((parameter) => parameter.in === "query")).toBe(route.query !== undefined);
    const file = route.upload && (route.upload.raw ?? ["multipart/form-data"]);
    expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(file ?? (route.body ? ["application/json"] : []));

    const success = operation.responses[String(route.status)];
    expect(success?.description).toBeTruthy();
    const given = route.status === 405 ? ["application/problem+json"] : route.output ? ["application/json"] : [];
    expect(Object.keys(success?.content ?? {})).toEqual(route.streams ?? given);
    const refusals = Object.entries(operation.responses).filter(
      ([status]) => Number(status) >= 400 && Number(status) !== route.status,
    );
    for (const [, { description, content }] of refusals) {
      expect(Object.keys(content ?? {})).toEqual(["application/problem+json"]);
      for (const code of description.split(", ")) expect(errorTable).toHaveProperty(code);
    }
    const statuses = refusals.map(([status]) => Number(status));
    expect(statuses).toEqual(
      expect.arrayContaining([
        400,
        500,
        503,
        ...(expected.length > 0 ? [401, 403] : []),
        ...(inPath.length > 0 ? [404] : []),
      ]),
    );
    if (route.method === "POST") expect(statuses).toEqual(expect.arrayContaining([409, 413, 415]));
  });
});

function* referencesOf(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "$ref" && typeof inner === "string") yield inner;
    else yield* referencesOf(inner);
  }
}

function resolve(document: unknown, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  return reference
    .slice(2)
    .split("/")
    .reduce<unknown>(
      (at, part) => (at as Record<string, unknown> | undefined)?.[part.replaceAll("~1", "/").replaceAll("~0", "~")],
      document,
    );
}
