import { inboundMail, inboundPage, inboundQuery, inboundReceipt, inboundSetup } from "@sidedesk/contract";
import { z } from "zod";
import { config } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import { accepted, bytes, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listInbound, openOriginal, presentSetup, retryInbound } from "./list-inbound.ts";
import { discardMail, keepMail, stageMail } from "./take-mail.ts";
import { signatureOf } from "./verify-signature.ts";

const tag = "Mail in";
const params = z.strictObject({ id: z.string().min(1).max(128) });
const admins = { callers: ["staff"], role: "admin", tag } as const;

export const inboundRoutes = [
  route({
    method: "POST",
    path: "/v1/inbound/mail",
    summary: "Bring a mail as it came, header and all, signed by Standard Webhooks",
    tag,
    callers: ["anyone"],
    repeatable: false,
    upload: {
      description:
        "The raw mail (RFC 822). Headers: webhook-id, webhook-timestamp (seconds, at most five minutes off) and webhook-signature: `v1,` and the base64 of the HMAC-SHA-256 of `id.timestamp.body`. The same bytes again are the same mail",
      raw: ["message/rfc822", "application/octet-stream", "text/plain"],
      maxBytes: () => config().SIDEDESK_INBOUND_MAX_BYTES,
      receive: async ({ stream }, { http }) => {
        const { SIDEDESK_INBOUND_SECRET: secret } = config();
        if (!secret) throw new AppError("unavailable", "Mail is not taken here: SIDEDESK_INBOUND_SECRET is not set.");
        const signature = signatureOf(secret, (name) => http.header(name));
        const staged = await stageMail(stream, signature.watch);
        try {
          signature.assertSigned();
        } catch (error) {
          await discardMail(staged);
          throw error;
        }
        return staged;
      },
      discard: discardMail,
    },
    status: 202,
    output: inboundReceipt,
    handle: async ({ file }) => {
      try {
        return accepted(await keepMail(file, "http"));
      } finally {
        await discardMail(file);
      }
    },
  }),
  route({
    ...admins,
    method: "GET",
    path: "/v1/inbound",
    summary: "How mail comes in: the site's address, and how its mailbox is doing",
    status: 200,
    output: inboundSetup,
    handle: async ({ caller }) => ok(await presentSetup(caller.siteId)),
  }),
  route({
    ...admins,
    method: "GET",
    path: "/v1/inbound/mail",
    summary: "Mails that came in and what became of them, newest first",
    query: inboundQuery,
    status: 200,
    output: inboundPage,
    handle: async ({ caller, query }) => ok(await listInbound(caller.siteId, query)),
  }),
  route({
    ...admins,
    method: "GET",
    path: "/v1/inbound/mail/:id/original",
    summary: "A mail as it came, to be saved",
    params,
    status: 200,
    output: bytes,
    streams: ["message/rfc822"],
    handle: async ({ caller, params: { id } }) => openOriginal(caller.siteId, id),
  }),
  route({
    ...admins,
    method: "POST",
    path: "/v1/inbound/mail/:id/retry",
    summary: "Judge a mail again that failed or was turned away",
    params,
    status: 202,
    output: inboundMail,
    errors: ["conflict"],
    handle: async ({ caller, params: { id } }) => accepted(await retryInbound(caller.siteId, id)),
  }),
];
