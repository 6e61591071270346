import { z } from "zod";
import { id, oneOrMore, page, pageQuery, text, time } from "./common.ts";

/** A name of the catalogue, or an owner's own: both follow one pattern. */
export const webhookEventName = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/, "A type of event: lower-case words of a-z, 0-9 and _, joined by dots.");

/** Endpoints that each customer, and each site, may have. */
export const mostWebhooks = { customer: 5, site: 20 } as const;

const events = z
  .array(webhookEventName)
  .min(1, "Choose at least one type of event.")
  .max(100, "At most 100 types of events.")
  .overwrite((all) => [...new Set(all)]);
const schedule = z
  .array(z.number().int().min(1, "At least a second.").max(86_400, "At most a day."))
  .min(5, "At least 5 waits.")
  .max(15, "At most 15 waits.");
/** Judged by where it leads, not by this schema. */
const url = z.string().min(1, "Must not be empty.");

export const webhookInput = z.strictObject({
  url,
  events,
  description: text(0, 200).optional(),
  schedule: schedule.optional(),
});
export type WebhookInput = z.output<typeof webhookInput>;

export const webhookPatch = z
  .strictObject({
    url,
    events,
    description: text(0, 200),
    /** Null for the usual one. */
    schedule: schedule.nullable(),
    active: z.boolean(),
    /** What becomes of the deliveries that were held, when it is made active. */
    held: z.enum(["deliver", "skip"]),
  })
  .partial();
export type WebhookPatch = z.output<typeof webhookPatch>;

export const webhookStates = ["active", "paused", "disabled"] as const;
export type WebhookState = (typeof webhookStates)[number];

const webhook = z.strictObject({
  id,
  url: z.string(),
  events: z.array(z.string()),
  description: z.string(),
  /** Seconds after the first, second, … failed attempt. */
  schedule: z.array(z.number()),
  state: z.enum(webhookStates),
  /** Why it was disabled. */
  disabledReason: z.string().nullable(),
  /** Since when every attempt has failed; null while they succeed. */
  failingSince: time.nullable(),
  lastSuccessAt: time.nullable(),
  lastFailureAt: time.nullable(),
  /** Deliveries that wait for it to be active. Counted up to 1000. */
  heldCount: z.number(),
  /** Until when the secret before the present one signs as well. */
  oldSecretUntil: time.nullable(),
  /** A replay that was asked for: how far it has come. */
  replay: z.strictObject({ since: time, done: z.number(), total: z.number(), finished: z.boolean() }).nullable(),
  createdAt: time,
  updatedAt: time,
});
export const webhookOutput = webhook.meta({ id: "Webhook" });
export type Webhook = z.infer<typeof webhookOutput>;
export const webhookPage = page(webhookOutput);
/** `whsec_` and base64; shown this once. */
const secret = z.string();
export const webhookCreated = webhook.extend({ secret }).meta({ id: "WebhookWithSecret" });
export type WebhookWithSecret = z.infer<typeof webhookCreated>;
export const webhookSecret = z.strictObject({ secret });
export const webhookTestOutput = z.strictObject({ eventId: id });
export const replayInput = z.strictObject({ since: time });
export const replayOutput = z.strictObject({ count: z.number() });

/** How an endpoint did in the last 24 hours, the present one included. */
export const webhookFigures = z
  .strictObject({
    since: time,
    /** Deliveries by the hour they were made in, the earliest first, and how many of them were given up. */
    hours: z.array(z.strictObject({ made: z.number(), failed: z.number() })),
    /** How long the latest answers took, in the middle; null without any. */
    medianMs: z.number().nullable(),
  })
  .meta({ id: "WebhookFigures" });
export type WebhookFigures = z.infer<typeof webhookFigures>;

/** In flight shows as pending; what was called off shows as failed. */
export const deliveryStates = ["pending", "succeeded", "failed", "held"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

const headers = z.record(z.string(), z.string());
export const deliveryAttempt = z.strictObject({
  at: time,
  /** The answer's status; null when there was none. */
  status: z.number().nullable(),
  latencyMs: z.number(),
  error: z.string().nullable(),
  /** What kind of end it was, such as `success`, `http`, `timeout`, `address`. */
  class: z.string(),
  request: z.strictObject({
    method: z.literal("POST"),
    url: z.string(),
    /** The address that was reached. */
    address: z.string().nullable(),
    headers,
    body: z.string(),
  }),
  /** Null when there was none, and `body` once it is 14 days old. */
  response: z
    .strictObject({
      status: z.number(),
      headers,
      /** At most 16 KiB of it. */
      body: z.string().nullable(),
      truncated: z.boolean(),
    })
    .nullable(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttempt>;
export const deliveryOutput = z
  .strictObject({
    id,
    webhookId: id,
    eventId: id,
    eventType: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.array(deliveryAttempt),
    nextAttemptAt: time.nullable(),
    /** Why it is held or was given up. */
    error: z.string().nullable(),
    createdAt: time,
  })
  .meta({ id: "WebhookDelivery" });
export type WebhookDelivery = z.infer<typeof deliveryOutput>;
export const deliveryPage = page(deliveryOutput);
export const deliveryQuery = z.strictObject({
  state: oneOrMore(deliveryStates).optional(),
  /** Types of events. */
  type: z
    .string()
    .max(2000)
    .transform((raw) => raw.split(","))
    .pipe(z.array(webhookEventName).min(1).max(20))
    .optional(),
  ...pageQuery,
});
export type DeliveryQuery = z.output<typeof deliveryQuery>;

export const webhookEventType = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    /** JSON Schema (2020-12) of a delivery's body. */
    schema: z.record(z.string(), z.unknown()),
    /** A body that fits it. */
    example: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "WebhookEventType" });
export type WebhookEventType = z.infer<typeof webhookEventType>;
/** All of them in one page. */
export const webhookEventTypes = page(webhookEventType);
