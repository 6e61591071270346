import { z } from "zod";
import { id, list, page, pageQuery, text, time } from "./common.ts";

/** What a canned reply may say of the ticket it is used on. `{{name | words}}` uses the words where there is nothing to say. */
export const replyVariables = [
  "customer.name",
  "customer.firstName",
  "customer.email",
  "ticket.number",
  "ticket.subject",
  "staff.name",
  "staff.firstName",
  "site.name",
] as const;
export type ReplyVariable = (typeof replyVariables)[number];

const shortcut = z
  .string()
  .trim()
  .regex(/^\/?[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u, "1 to 40 letters, digits, hyphens or underscores.");
const input = {
  title: text(1, 120),
  body: text(1, 10_000),
  category: text(1, 40),
  shortcut,
  /** For whoever makes it alone; else for everybody of the site. */
  personal: z.boolean(),
};
export const replyInput = z.strictObject({
  ...input,
  category: input.category.nullable().optional(),
  shortcut: shortcut.nullable().optional(),
  personal: input.personal.optional(),
});
export type ReplyInput = z.infer<typeof replyInput>;
export const replyPatch = z
  .strictObject({ ...input, category: input.category.nullable(), shortcut: shortcut.nullable() })
  .partial();
export type ReplyPatch = z.infer<typeof replyPatch>;
export const replyQuery = z.strictObject({
  ...pageQuery,
  q: text(1, 100).optional(),
  category: list.optional(),
  /** By title (the default), or those used most first. */
  sort: z.enum(["title", "-usageCount"]).optional(),
});
export type ReplyQuery = z.infer<typeof replyQuery>;

export const replyOutput = z
  .strictObject({
    id,
    title: z.string(),
    body: z.string(),
    category: z.string().nullable(),
    shortcut: z.string().nullable(),
    personal: z.boolean(),
    usageCount: z.number(),
    lastUsedAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Reply" });
export type Reply = z.infer<typeof replyOutput>;
export const replyPage = page(replyOutput);
export const renderInput = z.strictObject({ ticketId: id });
export const renderOutput = z.strictObject({ body: z.string() }).meta({ id: "RenderedReply" });
