import { z } from "zod";
import { text } from "./common.ts";

export const previewInput = z.strictObject({
  body: text(1, 10_000),
  visibility: z.enum(["public", "internal"]).optional(),
});
/** What the message would look like, as the same safe HTML that it will have. */
export const previewOutput = z.strictObject({ html: z.string() });
