import type { Attachment } from "@sidedesk/contract";
import { findAttachments, type AttachmentDocument } from "./attachment.model.ts";
import { scannerIsOff } from "./clamd.ts";
import { signedUrl } from "./sign-url.ts";

/** Whether the bytes may leave the house. */
export const isOpen = ({ scan }: AttachmentDocument): boolean =>
  scan === "clean" || (scan === "unscanned" && scannerIsOff());

export function presentAttachment(file: AttachmentDocument): Attachment {
  const { _id: id, name, size, contentType, scan, previewKey } = file;
  return {
    id,
    name,
    size,
    contentType,
    scan,
    url: signedUrl(id, "file"),
    previewUrl: previewKey && isOpen(file) ? signedUrl(id, "preview") : null,
  };
}

/**
 * The files of several things at once, in one read, and in none when nothing has files.
 * @param lists the ids that each thing holds
 * @returns for each thing its files, in its order; what was removed is left out
 */
export async function presentAttachments(
  siteId: string,
  lists: readonly (readonly string[] | undefined)[],
): Promise<Attachment[][]> {
  const ids = lists.flatMap((list) => list ?? []);
  if (ids.length === 0) return lists.map(() => []);
  const shown = new Map((await findAttachments(siteId, ids)).map((file) => [file._id, presentAttachment(file)]));
  return lists.map((list) => (list ?? []).flatMap((id) => shown.get(id) ?? []));
}
