import { z } from "zod";
import { id, oneOrMore, page, pageQuery, time } from "./common.ts";

/** Being tried right now shows as pending. */
export const emailStates = ["pending", "succeeded", "failed", "held", "cancelled"] as const;

export const emailEntry = z
  .strictObject({
    id,
    to: z.string(),
    kind: z.string(),
    state: z.enum(emailStates),
    attempts: z.number(),
    error: z.string().nullable(),
    createdAt: time,
    sentAt: time.nullable(),
    /** When it is tried (again): once a try has failed, or while it waits for the end of quiet hours. */
    nextAttemptAt: time.nullable(),
  })
  .meta({ id: "EmailEntry" });
export type EmailEntry = z.infer<typeof emailEntry>;
export const emailPage = page(emailEntry);
/** An address that a site writes to no more, because mail to it came back. */
export const mailSuppression = z
  .strictObject({
    id,
    email: z.string(),
    /** What its mail server said. */
    reason: z.string(),
    at: time,
  })
  .meta({ id: "MailSuppression" });
export type MailSuppression = z.infer<typeof mailSuppression>;
export const suppressionPage = page(mailSuppression);
export const suppressionQuery = z.strictObject(pageQuery);

export const emailQuery = z.strictObject({ state: oneOrMore(emailStates).optional(), ...pageQuery });
