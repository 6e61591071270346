import { z } from "zod";
import { email, id, slug, text, time } from "./common.ts";

export const roles = ["viewer", "agent", "admin", "owner"] as const;
export type Role = (typeof roles)[number];

export const customerOutput = z
  .strictObject({ id, externalId: z.string().nullable(), name: z.string(), email: z.string() })
  .meta({ id: "Customer" });
export type Customer = z.infer<typeof customerOutput>;

/** Wherever the API takes a customer: by our id, by the host's id, or by email (made on first sight). */
export const customerRef = z.union(
  [
    z.strictObject({ id }),
    z.strictObject({ externalId: text(1, 255) }),
    z.strictObject({ email, name: text(1, 200).optional() }),
  ],
  "Say who in one way: {id}, {externalId} or {email, name}.",
);
export type CustomerRef = z.infer<typeof customerRef>;

export const sessionInput = z.strictObject({
  siteKey: z.string().min(1).max(200),
  userToken: z.string().min(1).max(8192),
  /** What their page speaks and their clock shows: what mails go by until they choose. What is none is passed over. */
  locale: z.string().max(100).optional(),
  timezone: z.string().max(100).optional(),
});
export const sessionOutput = z
  .strictObject({ token: z.string(), expiresAt: time, customer: customerOutput })
  .meta({ id: "CustomerSession" });
export type CustomerSession = z.infer<typeof sessionOutput>;
/** The mailed link's token, exchanged for a session of the portal. */
export const portalLinkInput = z.strictObject({ token: z.string().min(1).max(4096) });
/** Whose portal it is; the cookie does the rest. It may be left out by who is in one portal alone. */
export const portalRefreshInput = z.strictObject({ site: slug.optional() }).optional();

export const staffOutput = z
  .strictObject({
    id,
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    disabled: z.boolean(),
    away: z.boolean(),
    /** Invited, but no password set yet. */
    invited: z.boolean(),
    createdAt: time,
  })
  .meta({ id: "StaffMember" });
export type StaffMember = z.infer<typeof staffOutput>;

export const staffMe = z
  .strictObject({
    id,
    name: z.string(),
    email: z.string(),
    /** The role on the site in question, or the highest when none is named and there are several. */
    role: z.enum(roles),
    sites: z.array(z.strictObject({ slug: z.string(), name: z.string(), role: z.enum(roles) })),
    totpEnabled: z.boolean(),
  })
  .meta({ id: "StaffMe" });
export type StaffMe = z.infer<typeof staffMe>;

export const loginInput = z.strictObject({
  email,
  password: z.string().min(1).max(1024),
  code: z.string().trim().min(6).max(32).optional(),
});
export const staffSession = z
  .strictObject({ token: z.string(), expiresAt: time, staff: staffMe })
  .meta({ id: "StaffSession" });
export type StaffSession = z.infer<typeof staffSession>;

export const password = z.string().min(10, "At least 10 characters.").max(1024, "At most 1024 characters.");
export const passwordInput = z.strictObject({ token: z.string().min(1).max(4096), password });

export const passwordForgottenInput = z.strictObject({ email });

export const staffInvite = z.strictObject({ email, name: text(1, 100), role: z.enum(roles) });
export const staffPatch = z.strictObject({ role: z.enum(roles), disabled: z.boolean(), away: z.boolean() }).partial();

/** Who did something, as it is kept with events, comments and history. */
export interface Actor {
  kind: "customer" | "staff" | "server" | "ai" | "system";
  id: string | null;
  name: string;
}
