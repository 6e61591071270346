import { z } from "zod";
import { chatPatch, chatSettings, defaultChat, defaultSms, smsPatch, smsSettings } from "./alerts.ts";
import { uploadSettings, uploadTypes } from "./attachments.ts";
import { id, isOnce, locale, slug, text, time, timezone } from "./common.ts";
import { emailSettings } from "./mails.ts";
import { noticeSettings } from "./preferences.ts";

/** `scheme://host[:port]` and nothing more, in the form browsers send it. */
export const origin = z
  .string()
  .trim()
  .max(253)
  .refine(
    (value) => /^https?:\/\/[^/?#@\s*\\]+$/.test(value) && isOrigin(value),
    "An origin is scheme://host or scheme://host:port.",
  )
  .transform((value) => new URL(value).origin);

function isOrigin(value: string): boolean {
  return (
    URL.canParse(value) &&
    new URL(value).origin.length > 0 &&
    new URL(value).origin !== "null" &&
    new URL(value).pathname === "/"
  );
}

const origins = z
  .array(origin)
  .max(50)
  .transform((all) => [...new Set(all)]);
export const siteInput = z.strictObject({
  name: text(1, 100),
  slug,
  origins: origins.default([]),
  locale: locale.default("en"),
  timezone: timezone.default("UTC"),
});
export const sitePatch = z.strictObject({ name: text(1, 100), slug, origins, locale, timezone }).partial();
export const siteOutput = z
  .strictObject({
    id,
    name: z.string(),
    slug: z.string(),
    origins: z.array(z.string()),
    locale: z.string(),
    timezone: z.string(),
    createdAt: time,
  })
  .meta({ id: "Site" });
export type Site = z.infer<typeof siteOutput>;

const isKeyOnce = (all: readonly { key: string }[]): boolean => isOnce(all.map(({ key }) => key));
const fieldKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "1 to 40 of a-z, 0-9 and _, beginning with a letter.");
export const categoryField = z
  .strictObject({
    key: fieldKey,
    label: text(1, 100),
    type: z.enum(["text", "number", "choice", "checkbox", "date"]),
    required: z.boolean().default(false),
    options: z.array(text(1, 100)).min(1).max(50).optional(),
  })
  .refine((field) => (field.type === "choice") === (field.options !== undefined), {
    message: "A choice, and only a choice, has options.",
    path: ["options"],
  });
export const category = z.strictObject({
  key: fieldKey,
  label: text(1, 100),
  fields: z.array(categoryField).max(30).refine(isKeyOnce, "Two fields have the same key.").default([]),
});
export type Category = z.infer<typeof category>;
export type CategoryField = z.infer<typeof categoryField>;

/** A category as its site sets it up. Who sees only the form is not told of teams. */
const ownCategory = category.extend({
  /** The team that new tickets of the category come to. */
  teamId: id.nullable().optional(),
});

const minutes = z.number().int().min(1).max(525_600);
const color = z.string().regex(/^#[0-9a-f]{6}$/i, "A colour as #rrggbb.");
const themeRoles = z
  .strictObject({
    primary: color,
    success: color,
    error: color,
    warning: color,
    info: color,
    text: color,
    background: color,
    border: color,
  })
  .partial();
/** What an owner sets for a site; each part may be sent alone and is merged one level deep. */
export const settings = z.strictObject({
  categories: z.array(ownCategory).min(1).max(100).refine(isKeyOnce, "Two categories have the same key."),
  sla: z.strictObject({
    critical: minutes,
    high: minutes,
    medium: minutes,
    low: minutes,
    warnAt: z.number().int().min(1).max(99),
    businessHours: z
      .strictObject({
        timezone,
        days: z
          .array(
            z.strictObject({
              day: z.number().int().min(1).max(7),
              from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
              to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
            }),
          )
          .max(21),
        holidays: z.array(z.iso.date()).max(400).default([]),
      })
      .nullable(),
    escalation: z
      .strictObject({ raisePriority: z.boolean(), notify: z.boolean(), teamId: id.nullable() })
      .partial()
      .nullable(),
  }),
  retentionDays: z.number().int().min(1).max(3650),
  theme: z
    .strictObject({
      colors: themeRoles,
      dark: themeRoles,
      radius: z.number().min(0).max(24),
      font: text(1, 200),
      scheme: z.enum(["inherit", "system", "light", "dark"]),
    })
    .partial(),
  channels: z.strictObject({
    email: emailSettings,
    notices: noticeSettings,
    discord: chatSettings,
    slack: chatSettings,
    teams: chatSettings,
    sms: smsSettings,
  }),
  triage: z.strictObject({ engine: z.enum(["off", "local", "anthropic", "openai"]), autoAnswer: z.boolean() }),
  uploads: uploadSettings,
  portal: z
    .strictObject({
      /** Whether people may make themselves an account there; whoever has one keeps it. */
      registration: z.boolean(),
      tickets: z.boolean(),
      notifications: z.boolean(),
      forecasts: z.boolean(),
      domains: z.boolean(),
      webhooks: z.boolean(),
    })
    .partial(),
});
export const settingsPatch = z
  .strictObject({
    categories: settings.shape.categories,
    sla: settings.shape.sla.partial(),
    retentionDays: settings.shape.retentionDays,
    theme: settings.shape.theme,
    channels: settings.shape.channels
      .extend({ discord: chatPatch, slack: chatPatch, teams: chatPatch, sms: smsPatch })
      .partial(),
    triage: settings.shape.triage.partial(),
    uploads: settings.shape.uploads,
    portal: settings.shape.portal,
  })
  .partial();
export type Settings = z.infer<typeof settings>;
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** What a new site starts with. */
export const defaultSettings: Settings = {
  categories: [
    { key: "general", label: "General", fields: [] },
    { key: "account", label: "Account", fields: [] },
    { key: "billing", label: "Billing", fields: [] },
    { key: "technical", label: "Technical", fields: [] },
    { key: "question", label: "Question", fields: [] },
    { key: "other", label: "Other", fields: [] },
  ],
  sla: { critical: 60, high: 240, medium: 1440, low: 2880, warnAt: 75, businessHours: null, escalation: null },
  retentionDays: 90,
  theme: {},
  channels: {
    email: { enabled: true, includeText: true },
    notices: { includeText: false },
    discord: defaultChat,
    slack: defaultChat,
    teams: defaultChat,
    sms: defaultSms,
  },
  triage: { engine: "off", autoAnswer: false },
  uploads: { types: [...uploadTypes] },
  portal: { registration: true, tickets: true, notifications: true },
};

export const keyInput = z.strictObject({ kind: z.enum(["public", "secret", "identity"]), label: text(1, 100) });
export const keyOutput = z
  .strictObject({
    id,
    kind: z.enum(["public", "secret", "identity"]),
    label: z.string(),
    key: z.string().optional(),
    createdAt: time,
  })
  .meta({ id: "Key" });
export type SiteKey = z.infer<typeof keyOutput>;

/** `GET /v1/site`: all that a widget needs before anybody signs in. */
export const publicSite = z
  .strictObject({
    name: z.string(),
    slug: z.string(),
    locale: z.string(),
    timezone: z.string(),
    theme: settings.shape.theme,
    categories: z.array(category),
    portal: settings.shape.portal,
    /** First-response targets in minutes, for the form's honest answer time. */
    sla: z.strictObject({ critical: minutes, high: minutes, medium: minutes, low: minutes }),
    /** What a file picker should offer, and how large one file may be. */
    uploads: z.strictObject({ types: z.array(z.string()), maxBytes: z.number() }),
    /** What a browser subscribes to push with (`applicationServerKey`): 65 bytes as base64url. */
    vapidPublicKey: z.string(),
  })
  .meta({ id: "PublicSite" });
export type PublicSite = z.infer<typeof publicSite>;
