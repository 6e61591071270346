import { z } from "zod";
import { id, isOnce, oneOrMore, page, pageQuery, text, time } from "./common.ts";
import { ticketPriorities } from "./lifecycle.ts";

export const chatChannels = ["discord", "slack", "teams"] as const;
export type ChatChannel = (typeof chatChannels)[number];
/** Where alerts go. */
export const alertChannels = [...chatChannels, "sms"] as const;
export type AlertChannel = (typeof alertChannels)[number];
/** Every channel that a site may try with `POST /v1/sites/:slug/channels/:kind/test`. */
export const channelKinds = ["email", ...alertChannels] as const;
export type ChannelKind = (typeof channelKinds)[number];

/**
 * What a channel tells of: a new ticket, one that came in as or was raised to high or critical, a change of status, a
 * deadline near or missed, budgets and unusual costs, and once a day the figures.
 */
export const alertKinds = ["created", "priority", "status", "sla", "costs", "summary"] as const;
export type AlertKind = (typeof alertKinds)[number];
/** What is worth waking somebody for. */
export const smsKinds = ["priority", "sla"] as const;

const kindsOf = <T extends string>(kinds: readonly [T, ...T[]]) =>
  z.array(z.enum(kinds)).max(20).refine(isOnce, "Each kind once.");

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day such as 08:00.");
const chatShape = {
  enabled: z.boolean(),
  kinds: kindsOf(alertKinds),
  /** Tickets below it are not told of. */
  minPriority: z.enum(ticketPriorities),
  /** Whether the first lines of what the customer wrote go along; the subject does in any case. */
  includeText: z.boolean(),
  /** When the figures of the day before are sent, by the site's clocks. */
  summaryAt: clock,
};
export const chatSettings = z
  .strictObject({
    ...chatShape,
    /** The address it goes to: only where that is, and how it ends. */
    address: z.strictObject({ host: z.string(), last4: z.string() }).nullable(),
  })
  .partial();
export const chatPatch = z
  .strictObject({ ...chatShape, url: z.string().trim().max(4096).nullable() })
  .partial()
  .meta({
    description: "`url` is the service's webhook address, kept encrypted and not shown again; null forgets it.",
  });
export type ChatSettings = z.infer<typeof chatSettings>;
export type ChatPatch = z.infer<typeof chatPatch>;

/** E.164. */
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, "A number with its country code, such as +4915112345678.");
const smsShape = {
  enabled: z.boolean(),
  kinds: kindsOf(smsKinds),
  /** Who answers as Twilio does. */
  baseUrl: z.string().trim().max(2048),
  accountSid: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{2,64}$/, "The account's id: letters and digits."),
  /** A number, a sender's name, or the id of a messaging service. */
  from: z
    .string()
    .trim()
    .regex(/^(\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11}|MG[0-9a-fA-F]{32})$/, "A number, a name of up to 11, or MG…"),
  /** Each gets each message. */
  onCall: z.array(phone).max(10).refine(isOnce, "Each number once."),
};
export const smsSettings = z
  .strictObject({
    ...smsShape,
    /** The account's token: how it ends, and no more. */
    authToken: z.strictObject({ last4: z.string() }).nullable(),
  })
  .partial();
export const smsPatch = z
  .strictObject({ ...smsShape, authToken: text(1, 200).nullable() })
  .partial()
  .meta({ description: "`authToken` is kept encrypted and not shown again; null forgets it." });
export type SmsSettings = z.infer<typeof smsSettings>;
export type SmsPatch = z.infer<typeof smsPatch>;

/** What a channel is until somebody sets it up. */
export const defaultChat = {
  enabled: false,
  // What customers pay is not for every room: who wants it there says so.
  kinds: alertKinds.filter((kind) => kind !== "costs"),
  minPriority: "low",
  includeText: false,
  summaryAt: "08:00",
  address: null,
} satisfies ChatSettings;
export const defaultSms = {
  enabled: false,
  kinds: [...smsKinds],
  baseUrl: "https://api.twilio.com",
  onCall: [],
  authToken: null,
} satisfies SmsSettings;

/** What came of a test message. */
export const channelTestOutput = z
  .strictObject({
    ok: z.boolean(),
    /** In words: what the service said, or why it was not asked. */
    detail: z.string(),
    /** Its HTTP status; null without an answer, and for mail. */
    status: z.number().nullable(),
    latencyMs: z.number(),
  })
  .meta({ id: "ChannelTest" });
export type ChannelTest = z.infer<typeof channelTestOutput>;

/** Being tried right now shows as pending. */
export const alertStates = ["pending", "succeeded", "failed", "cancelled"] as const;
export type AlertState = (typeof alertStates)[number];

export const alertEntry = z
  .strictObject({
    id,
    channel: z.enum(alertChannels),
    kind: z.enum([...alertKinds, "test"]),
    /** The host that it goes to; for SMS the number. */
    to: z.string(),
    state: z.enum(alertStates),
    /** How many things are gathered in it. */
    count: z.number(),
    attempts: z.number(),
    error: z.string().nullable(),
    createdAt: time,
    sentAt: time.nullable(),
    /** When it is tried next; null once that is over. */
    nextAttemptAt: time.nullable(),
  })
  .meta({ id: "Alert" });
export type AlertEntry = z.infer<typeof alertEntry>;
export const alertPage = page(alertEntry);
export const alertQuery = z.strictObject({
  channel: oneOrMore(alertChannels).optional(),
  state: oneOrMore(alertStates).optional(),
  ...pageQuery,
});
