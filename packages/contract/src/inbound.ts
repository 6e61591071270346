import { z } from "zod";
import { id, oneOrMore, page, pageQuery, time } from "./common.ts";

/** Received and not judged yet; taken; turned away, for a `reason`; could not be judged, and may be tried again. */
export const inboundStates = ["received", "accepted", "refused", "failed"] as const;
export type InboundState = (typeof inboundStates)[number];

/** What an accepted mail became. A bounce is about a mail of ours and opens nothing. */
export const inboundKinds = ["comment", "ticket", "bounce"] as const;

/** Why a mail was turned away. More may come. */
export const inboundReasons = [
  "no_recipient",
  "malformed",
  "too_large",
  "loop",
  "auto_reply",
  "mailing_list",
  "unclear_sender",
  "unauthenticated_sender",
  "sender_mismatch",
  "not_allowed",
  "unknown_sender",
  "gone",
  "too_many",
  "empty",
  "duplicate",
] as const;
export type InboundReason = (typeof inboundReasons)[number];

export const inboundMail = z
  .strictObject({
    id,
    state: z.enum(inboundStates),
    reason: z.enum(inboundReasons).nullable(),
    /** What is to be known beyond the reason: the error of a failed try, the check that a sender did not pass. */
    detail: z.string().nullable(),
    kind: z.enum(inboundKinds).nullable(),
    from: z.strictObject({ name: z.string(), address: z.string() }).nullable(),
    subject: z.string(),
    source: z.enum(["imap", "http"]),
    size: z.number(),
    receivedAt: time,
    /** How often it was tried to take it. */
    attempts: z.number(),
    ticket: z.strictObject({ id, number: z.string() }).nullable(),
    files: z.strictObject({
      taken: z.number(),
      /** Those that were not taken, as the comment names them too. */
      refused: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
    }),
  })
  .meta({ id: "InboundMail" });
export type InboundMail = z.infer<typeof inboundMail>;
export const inboundPage = page(inboundMail);
export const inboundQuery = z.strictObject({ state: oneOrMore(inboundStates).optional(), ...pageQuery });

/** How mail comes in, as far as a site's people need to know. */
export const inboundSetup = z
  .strictObject({
    /** Whether mails of tickets can be answered at all: SIDEDESK_INBOUND_ADDRESS is set. */
    enabled: z.boolean(),
    /** Where a mail opens a new ticket, when the site's settings let it. */
    address: z.string().nullable(),
    newTickets: z.boolean(),
    /** Whether SPF, DKIM and DMARC are looked at. */
    checksSenders: z.boolean(),
    /** The way by HTTP is open: its secret is set. */
    http: z.boolean(),
    /** The mailbox that is read, if one is. */
    mailbox: z
      .strictObject({
        state: z.enum(["connecting", "connected", "failed"]),
        error: z.string().nullable(),
        lookedAt: time.nullable(),
      })
      .nullable(),
  })
  .meta({ id: "InboundSetup" });
export type InboundSetup = z.infer<typeof inboundSetup>;

/** What taking a mail in by HTTP answers: the same mail again has the same id. */
export const inboundReceipt = z.strictObject({ id, state: z.enum(inboundStates) }).meta({ id: "InboundReceipt" });
