import { importAccepted, importOutput, importPage, pageQuery } from "@sidedesk/contract";
import { Readable } from "node:stream";
import { z } from "zod";
import { config } from "../core/config.ts";
import { accepted, bytes, ok, streamed } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { discardImport, receiveImport, startImport } from "./import-upload.ts";
import { getImport, listImports, rejectsOf } from "./read-imports.ts";

const params = z.strictObject({ id: z.string().min(1).max(128) });
const shared = { tag: "Imports", callers: ["staff", "server"], role: "admin" } as const;

export const importRoutes = [
  route({
    ...shared,
    method: "POST",
    path: "/v1/imports",
    summary: "Read tickets in from a CSV, or from JSON as Zendesk exports it; the same file again continues",
    upload: {
      description:
        "In UTF-8: a CSV whose first line names the columns (subject, description and email are needed), or JSON of tickets and users as Zendesk writes it, as one document or as lines",
      maxBytes: () => config().SIDEDESK_IMPORT_MAX_BYTES,
      receive: (file, { caller }) => receiveImport(caller.siteId, file),
      discard: discardImport,
    },
    status: 202,
    output: importAccepted,
    // The file leaves the transaction, and its content is what makes it the same: no key is needed.
    repeatable: false,
    handle: async ({ caller, file }) => accepted(await startImport(caller, file)),
  }),
  route({
    ...shared,
    method: "GET",
    path: "/v1/imports",
    summary: "Imports of the site, newest first",
    query: z.strictObject(pageQuery),
    status: 200,
    output: importPage,
    handle: async ({ caller, query }) => ok(await listImports(caller.siteId, query)),
  }),
  route({
    ...shared,
    method: "GET",
    path: "/v1/imports/:id",
    summary: "How far an import has come, and which rows were rejected",
    params,
    status: 200,
    output: importOutput,
    handle: async ({ caller, params: { id } }) => ok(await getImport(caller.siteId, id)),
  }),
  route({
    ...shared,
    method: "GET",
    path: "/v1/imports/:id/rejects.csv",
    summary: "The rejected rows of an import with their reasons",
    params,
    status: 200,
    output: bytes,
    streams: ["text/csv"],
    handle: async ({ caller, params: { id } }) =>
      streamed(Readable.from([Buffer.from(await rejectsOf(caller.siteId, id))]), {
        type: "text/csv; charset=utf-8",
        headers: { "Content-Disposition": 'attachment; filename="rejected-rows.csv"' },
      }),
  }),
];
