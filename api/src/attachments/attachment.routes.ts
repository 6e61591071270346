import { attachmentOutput } from "@sidedesk/contract";
import { z } from "zod";
import { config } from "../core/config.ts";
import { notFound } from "../core/errors.ts";
import { bytes, created } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { findSigned } from "./attachment.model.ts";
import { presentAttachment } from "./attachment.presenter.ts";
import { uploaderOf } from "./claim-attachments.ts";
import { getAttachment, openAttachment } from "./open-attachment.ts";
import { discardUpload, keepUpload, receiveUpload } from "./receive-upload.ts";
import { assertSigned, type Part } from "./sign-url.ts";

const callers = ["customer", "staff", "server"] as const;
const tag = "Attachments";
const params = z.strictObject({ id: z.string().min(1).max(128) });
const signed = z.strictObject({ expires: z.coerce.number().int().min(0), signature: z.string().min(1).max(100) });
const errors = ["scan_pending", "infected_file"] as const;
const contentTypes = ["application/octet-stream", "image/*", "text/*", "application/pdf", "application/zip"];

export const attachmentRoutes = [
  route({
    method: "POST",
    path: "/v1/support/attachments",
    summary: "Send in a file, to be named in a ticket or comment within a day",
    tag,
    callers,
    role: "agent",
    upload: {
      description:
        "png, jpeg, gif, webp, pdf, txt, csv, log, json, zip, docx or xlsx by content; a site may accept fewer",
      maxBytes: () => config().SIDEDESK_UPLOAD_MAX_BYTES,
      receive: (file, { caller }) => receiveUpload(caller.siteId, uploaderOf(caller), file),
      discard: discardUpload,
    },
    status: 201,
    output: attachmentOutput,
    limit: "customerWrites",
    errors: ["unreadable_file"],
    handle: async ({ file }) => {
      await keepUpload(file);
      return created(presentAttachment(file));
    },
  }),
  route({
    method: "GET",
    path: "/v1/support/attachments/:id",
    summary: "The bytes of a file, once it is known to be clean",
    tag,
    callers,
    params,
    status: 200,
    output: bytes,
    streams: contentTypes,
    errors,
    handle: async ({ caller, params: { id } }) => openAttachment(await getAttachment(caller, id), "file"),
  }),
  signedRoute("file", "The bytes of a file, by the address that its ticket gave out"),
  signedRoute("preview", "A small picture of an image, by the address that its ticket gave out"),
];

function signedRoute(part: Part, summary: string) {
  return route({
    method: "GET",
    path: `/v1/support/attachments/:id/${part}`,
    summary,
    tag,
    callers: ["anyone"],
    params,
    query: signed,
    status: 200,
    output: bytes,
    streams: part === "preview" ? ["image/webp"] : contentTypes,
    errors,
    handle: async ({ params: { id }, query }) => {
      assertSigned(id, part, query);
      const file = await findSigned(id);
      if (!file) throw notFound("file");
      return openAttachment(file, part);
    },
  });
}
