import { z } from "zod";
import { password, passwordInput } from "./accounts.ts";
import { email, slug, text, time } from "./common.ts";

/** A portal stands for one site, which each call names, since nobody is signed in yet. */
const site = slug;

export const portalRegisterInput = z.strictObject({
  site,
  email,
  password,
  name: text(1, 200).optional(),
  /** What their page speaks and their clock shows, as in `POST /v1/sessions`. */
  locale: z.string().max(100).optional(),
  timezone: z.string().max(100).optional(),
});
/** The same for every address, known or not: what becomes of it is told by mail alone. */
export const portalRegistered = z
  .strictObject({
    email: z.string(),
    /** Until when the link in the mail works. */
    expiresAt: time,
  })
  .meta({ id: "PortalRegistered" });
export type PortalRegistered = z.infer<typeof portalRegistered>;

export const portalVerifyInput = z.strictObject({ token: z.string().min(1).max(4096) });
export const portalLoginInput = z.strictObject({ site, email, password: z.string().min(1).max(1024) });
export const portalForgotInput = z.strictObject({ site, email });
export const portalResetInput = passwordInput;

export type PortalRegister = z.input<typeof portalRegisterInput>;
export type PortalLogin = z.input<typeof portalLoginInput>;
