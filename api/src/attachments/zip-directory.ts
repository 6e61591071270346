import type { FileHandle } from "node:fs/promises";
import type { UploadType } from "@sidedesk/contract";
import { AppError } from "../core/errors.ts";

const mostEntries = 20_000;
const mostDirectoryBytes = 4 * 1024 * 1024;
/** Above this share of swelling, and this size, an archive is a bomb rather than well packed. */
const mostRatio = 150;
const alwaysFine = 8 * 1024 * 1024;
const mostUnpacked = 1024 * 1024 * 1024;

const unreadable = (detail: string): AppError => new AppError("unreadable_file", detail);

/**
 * Tells the kinds of ZIP archives apart by the names in their table of contents. Nothing is ever unpacked.
 * @throws AppError 415 for programs and other formats in ZIP's clothes, 422 for a damaged archive or one that would swell beyond reason
 */
export async function zipKind(file: FileHandle): Promise<Extract<UploadType, "zip" | "docx" | "xlsx">> {
  const { size } = await file.stat();
  const { names, packed, unpacked } = await readDirectory(file, size);
  if (unpacked > mostUnpacked || (unpacked > alwaysFine && unpacked > Math.max(packed, size) * mostRatio))
    throw unreadable("Unpacked, this archive would be far larger than anything we open.");
  const has = (name: string): boolean => names.has(name);
  const refuse = (what: string): AppError =>
    new AppError("unsupported_media_type", `This kind of file is not accepted: ${what}.`);
  if ([...names].some((name) => /vbaProject\.bin$/i.test(name))) throw refuse("a document with macros");
  if (has("META-INF/MANIFEST.MF") || has("AndroidManifest.xml")) throw refuse("a program");
  if (has("[Content_Types].xml")) {
    if (has("word/document.xml")) return "docx";
    if (has("xl/workbook.xml")) return "xlsx";
    throw refuse("another office format");
  }
  if (has("mimetype")) throw refuse("another document format");
  return "zip";
}

interface Directory {
  names: Set<string>;
  packed: number;
  unpacked: number;
}

/** Reads the table of contents at the end of the file (APPNOTE 4.3.12, 4.3.16). */
async function readDirectory(file: FileHandle, size: number): Promise<Directory> {
  const tail = Buffer.alloc(Math.min(size, 65_557));
  await file.read(tail, 0, tail.length, size - tail.length);
  const end = tail.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  if (end < 0 || end + 22 > tail.length) throw unreadable("This archive is damaged: its end is missing.");
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (
    length === 0xffffffff ||
    offset === 0xffffffff ||
    count === 0xffff ||
    count > mostEntries ||
    length > mostDirectoryBytes
  )
    throw unreadable("This archive has more in it than we open.");
  if (offset + length > size) throw unreadable("This archive is damaged: its table of contents is cut off.");
  const table = Buffer.alloc(length);
  await file.read(table, 0, length, offset);
  return entriesOf(table, count);
}

function entriesOf(table: Buffer, count: number): Directory {
  const found: Directory = { names: new Set(), packed: 0, unpacked: 0 };
  let at = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > table.length || table.readUInt32LE(at) !== 0x02014b50)
      throw unreadable("This archive is damaged: its table of contents cannot be read.");
    found.packed += table.readUInt32LE(at + 20);
    found.unpacked += table.readUInt32LE(at + 24);
    const nameLength = table.readUInt16LE(at + 28);
    found.names.add(table.toString("utf8", at + 46, at + 46 + nameLength));
    at += 46 + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return found;
}
