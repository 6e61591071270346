import { TextDecoder } from "node:util";
import type { FileHandle } from "node:fs/promises";
import type { UploadType } from "@sidedesk/contract";

type TextType = Extract<UploadType, "txt" | "csv" | "log" | "json">;

/** What a browser, a shell or an office program would run rather than show, though it is made of letters. */
const runs =
  /^\s*(<!doctype|<\?xml|<\?php|<!--|<(html|head|body|script|svg|iframe|object|embed|style|link|meta|title|table|div|img|a)[\s>/]|#!|\{\\rtf|%!ps|<%|@echo off)/i;
const chunkSize = 64 * 1024;
/** Below this a JSON document is parsed to be sure; beyond, its ends must do. */
const parsedUpTo = 256 * 1024;

/**
 * Reads a file as text, a piece at a time: UTF-8, UTF-16 with its mark, or one of the old single-byte encodings.
 * @returns which kind of text, or null when it is none (or markup or a script, which pass for nothing else)
 */
export async function readAsText(file: FileHandle, name: string): Promise<TextType | null> {
  const { size } = await file.stat();
  const head = await piece(file, 0);
  const mark = head.subarray(0, 3);
  const encoding =
    mark[0] === 0xff && mark[1] === 0xfe ? "utf-16le" : mark[0] === 0xfe && mark[1] === 0xff ? "utf-16be" : "utf-8";
  const read = await everyPiece(file, size, encoding);
  if (!read) return null;
  const start = new TextDecoder(encoding).decode(head.subarray(0, size > head.length ? head.length - 4 : undefined));
  if (runs.test(start)) return null;
  return kindOf(start, read.last, size, head.length, name);
}

async function piece(file: FileHandle, at: number): Promise<Buffer> {
  const buffer = Buffer.alloc(chunkSize);
  const { bytesRead } = await file.read(buffer, 0, chunkSize, at);
  return buffer.subarray(0, bytesRead);
}

/** Whether nothing but text stands in all of it, and the last character that is not white. */
async function everyPiece(file: FileHandle, size: number, encoding: string): Promise<{ last: string } | null> {
  let strict: TextDecoder | null = new TextDecoder(encoding, { fatal: true });
  let high = 0;
  let last = "";
  for (let at = 0; at < size;) {
    const bytes = await piece(file, at);
    if (bytes.length === 0) break;
    at += bytes.length;
    if (encoding === "utf-8") {
      for (const byte of bytes) {
        if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) || byte === 0x7f)
          return null;
        if (byte >= 0x80) high++;
      }
      last = /(\S)\s*$/.exec(bytes.toString("latin1").slice(-200))?.[1] ?? last;
    }
    try {
      const decoded = strict?.decode(bytes, { stream: at < size });
      // eslint-disable-next-line no-control-regex -- a control character means that this is no text
      if (encoding !== "utf-8" && decoded && /[\u0000-\u0008\u000e-\u001a]/.test(decoded)) return null;
    } catch {
      if (encoding !== "utf-8") return null;
      strict = null;
    }
  }
  // An old encoding: letters of one language among many plain ones.
  if (!strict && high > size * 0.3) return null;
  return { last };
}

function kindOf(start: string, last: string, size: number, read: number, name: string): TextType {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  const first = start.trimStart()[0] ?? "";
  if ((first === "{" && last === "}") || (first === "[" && last === "]")) {
    if (size > parsedUpTo || size > read) return "json";
    try {
      JSON.parse(start);
      return "json";
    } catch {
      // Looked like it.
    }
  }
  if (ending === "csv" || ending === "tsv") return "csv";
  return ending === "log" ? "log" : "txt";
}
