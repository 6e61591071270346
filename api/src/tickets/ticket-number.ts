import { randomBytes } from "node:crypto";
import { isDuplicate } from "../core/data/is-duplicate.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/** The largest multiple of 36 that a byte can hold; bytes above would favour the first letters. */
const fair = 252;

/** `TKT-YYYYMMDD-XXXXXXXX`: the UTC date and eight random letters or digits. The unique index has the last word. */
export function newTicketNumber(at: Date = new Date()): string {
  let code = "";
  while (code.length < 8) {
    const byte = randomByte();
    if (byte < fair) code += letters[byte % 36];
  }
  return `TKT-${at.toISOString().slice(0, 10).replaceAll("-", "")}-${code}`;
}

/** Random bytes are drawn by the kilobyte: each draw is a call into the kernel. */
let drawn = Buffer.alloc(0);
let used = 0;
function randomByte(): number {
  if (used === drawn.length) [drawn, used] = [randomBytes(1024), 0];
  return drawn[used++] ?? 0;
}

/** A unique index refused the number: try another one. */
export const isNumberTaken = (error: unknown): boolean =>
  isDuplicate(error) && "number" in ((error as { keyPattern?: object }).keyPattern ?? {});
