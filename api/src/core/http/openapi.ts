import { errorTable, type ErrorCode } from "@sidedesk/contract";
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { AnyRoute } from "./route.ts";

const codes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];
const problem = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string(),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          least: z.int().optional().describe("Characters that a text which is too short has to have."),
          most: z.int().optional().describe("Characters that a text which is too long may have."),
        }),
      )
      .optional(),
    allowed: z.array(z.string()).optional(),
    current: z.unknown().optional(),
    triesLeft: z.int().optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem document" });

/** The OpenAPI 3.1 document of the routes that are served, from the schemas that validate. */
export function openApiDocument(routes: readonly AnyRoute[], url: string): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Sidedesk",
      version: "1",
      description:
        "A self-hosted help desk beside any web page. Errors are problem+json; lists are `{data, nextCursor}`; POST takes `Idempotency-Key`.",
    },
    servers: [{ url }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: "http",
          scheme: "bearer",
          description: "Session token of a customer or staff member, or a secret key (`sk_…`)",
        },
        siteKey: { type: "apiKey", in: "header", name: "X-Site-Key", description: "Public key of a site (`pk_…`)" },
      },
    },
  });
}

function operation(route: AnyRoute): ZodOpenApiOperationObject {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
  const isOpen = route.callers.includes("anyone");
  const security = isOpen
    ? []
    : [
        ...(route.callers.some((kind) => kind !== "public") ? [{ session: [] }] : []),
        ...(route.callers.includes("public") ? [{ siteKey: [] }] : []),
      ];
  return {
    operationId: `${route.method.toLowerCase()} ${route.path}`
      .replace(/^(\w+) \/v1\//, "$1_")
      .replace(/[^a-zA-Z0-9]+/g, "_"),
    summary: route.summary,
    tags: [route.tag],
    security,
    description: `Callers: ${route.callers.join(", ")}${route.callers.includes("staff") ? ` (staff: ${route.role ?? (route.method === "GET" ? "viewer" : "agent")} or above)` : ""}.`,
    requestParams: {
      ...(names.length > 0 ? { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) } : {}),
      ...(route.query instanceof z.ZodObject ? { query: route.query } : {}),
    },
    ...(route.body
      ? {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { "application/json": { schema: route.body } },
          },
        }
      : {}),
    ...(route.upload ? { requestBody: { required: true, content: fileContent(route.upload) } } : {}),
    responses: {
      [String(route.status) as "200"]: success(route),
      ...(route.mayBeEmpty ? { "204": { description: "Nothing to answer with" } } : {}),
      ...(route.mayGoOn ? { "202": { ...success(route), description: "It goes on in the background" } } : {}),
      ...problems(route),
    },
  };
}

function success(route: AnyRoute): { description: string; content?: Record<string, { schema: z.ZodType }> } {
  if (route.status === 405)
    return { description: "Never possible", content: { "application/problem+json": { schema: problem } } };
  if (route.streams && route.output) {
    const schema = route.output;
    return { description: "The bytes", content: Object.fromEntries(route.streams.map((type) => [type, { schema }])) };
  }
  return {
    description: "Success",
    ...(route.output ? { content: { "application/json": { schema: route.output } } } : {}),
  };
}

function fileContent({ description, raw }: { description: string; raw?: readonly string[] }) {
  const file = z.string().meta({ format: "binary", description });
  if (raw) return Object.fromEntries(raw.map((type) => [type, { schema: file }]));
  return { "multipart/form-data": { schema: z.object({ file }) } };
}

/** What any route may answer, and what this one adds. */
function problems(route: AnyRoute): ZodOpenApiOperationObject["responses"] {
  const statuses = new Map<number, string[]>();
  const add = (code: ErrorCode): void =>
    void statuses.set(errorTable[code].status, [...(statuses.get(errorTable[code].status) ?? []), code]);
  add("validation_failed");
  if (route.method !== "GET")
    for (const code of [
      "malformed_json",
      "payload_too_large",
      "unsupported_media_type",
      "rate_limited",
      "idempotency_conflict",
    ] as const)
      add(code);
  for (const code of [
    "unauthenticated",
    "session_expired",
    "forbidden",
    "origin_not_allowed",
    "not_found",
    "internal",
    "unavailable",
  ] as const)
    add(code);
  for (const code of route.errors ?? []) add(code);
  statuses.delete(route.status);
  return Object.fromEntries(
    [...statuses].map(([status, names]) => [
      String(status),
      { description: names.join(", "), content: { "application/problem+json": { schema: problem } } },
    ]),
  );
}
