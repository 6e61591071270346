import { z } from "zod";
import { id } from "./common.ts";

/** What may be uploaded, by content; a site may allow fewer. */
export const uploadTypes = [
  "png",
  "jpeg",
  "gif",
  "webp",
  "pdf",
  "txt",
  "csv",
  "log",
  "json",
  "zip",
  "docx",
  "xlsx",
] as const;
export type UploadType = (typeof uploadTypes)[number];

export const scanStates = ["pending", "clean", "infected", "unscanned"] as const;
export type ScanState = (typeof scanStates)[number];

/** A file of a ticket or comment. The URLs hold ten minutes without a header; the preview is there for images. */
export const attachmentOutput = z
  .strictObject({
    id,
    name: z.string(),
    size: z.number(),
    contentType: z.string(),
    scan: z.enum(scanStates),
    url: z.string(),
    previewUrl: z.string().nullable(),
  })
  .meta({ id: "Attachment" });
export type Attachment = z.infer<typeof attachmentOutput>;

/** A site's own rules for files. */
export const uploadSettings = z.strictObject({
  types: z
    .array(z.enum(uploadTypes))
    .max(uploadTypes.length)
    .overwrite((all) => [...new Set(all)]),
});
