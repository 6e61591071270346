import { open, type FileHandle } from "node:fs/promises";
import type { UploadType } from "@sidedesk/contract";
import { fileTypeFromFile } from "file-type";
import { AppError } from "../core/errors.ts";
import { readAsText } from "./text-type.ts";
import { zipKind } from "./zip-directory.ts";

export interface Sniffed {
  type: UploadType;
  contentType: string;
  /** Endings that fit it, the usual one first. */
  endings: readonly string[];
}

const known: Record<UploadType, Omit<Sniffed, "type">> = {
  png: { contentType: "image/png", endings: ["png"] },
  jpeg: { contentType: "image/jpeg", endings: ["jpg", "jpeg", "jpe", "jfif"] },
  gif: { contentType: "image/gif", endings: ["gif"] },
  webp: { contentType: "image/webp", endings: ["webp"] },
  pdf: { contentType: "application/pdf", endings: ["pdf"] },
  txt: {
    contentType: "text/plain",
    endings: ["txt", "log", "md", "csv", "json", "text", "eml", "ics", "yml", "yaml", "ini", "conf"],
  },
  log: { contentType: "text/plain", endings: ["log"] },
  csv: { contentType: "text/csv", endings: ["csv", "tsv", "txt"] },
  json: { contentType: "application/json", endings: ["json", "txt", "log", "har"] },
  zip: { contentType: "application/zip", endings: ["zip"] },
  docx: { contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", endings: ["docx"] },
  xlsx: { contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", endings: ["xlsx"] },
};
const images: Record<string, UploadType> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/gif": "gif",
  "image/webp": "webp",
};

export const isImage = (type: UploadType): boolean => Object.values(images).includes(type);

/**
 * Finds out what a file is from what stands in it; the name only tells apart kinds of text, which have no marks of their own.
 * @throws AppError 415 for what is none of ours, 422 for an archive that cannot be read or would swell beyond reason
 */
export async function sniffType(path: string, name: string): Promise<Sniffed> {
  const file = await open(path);
  try {
    const type = await typeOf(file, path, name);
    return { type, ...known[type] };
  } finally {
    await file.close();
  }
}

async function typeOf(file: FileHandle, path: string, name: string): Promise<UploadType> {
  const head = Buffer.alloc(8);
  await file.read(head, 0, 8, 0);
  const mark = head.toString("latin1");
  if (mark.startsWith("PK")) return zipKind(file);
  if (mark.startsWith("%PDF-")) return "pdf";
  // Before other marks: much plain text begins like some rare format ("BM", "MZ", "ID3").
  const text = await readAsText(file, name);
  if (text) return text;
  const found = await fileTypeFromFile(path);
  const image = found && images[found.mime];
  if (!image)
    throw new AppError("unsupported_media_type", `This kind of file is not accepted${found ? `: ${found.mime}` : ""}.`);
  return image;
}
