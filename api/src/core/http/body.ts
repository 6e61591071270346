import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { AppError, invalid } from "../errors.ts";

/** JSON bodies may have this many bytes. */
export const bodyLimit = 256 * 1024;
/** What is too large is still read up to here, so that the caller gets the answer instead of a broken connection. */
const drainLimit = 32 * 1024 * 1024;

/**
 * Reads a JSON body of at most {@link bodyLimit} bytes in UTF-8; `undefined` when there is none.
 * @throws AppError 413, 415 or 400 malformed_json.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared === 0 && request.headers["transfer-encoding"] === undefined) return undefined;
  const [type, ...parameters] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith("charset="));
  const encoding = request.headers["content-encoding"] ?? "identity";
  const accepted =
    type?.trim() === "application/json" &&
    (charset === undefined || /^charset="?utf-?8"?$/.test(charset)) &&
    encoding === "identity";
  const bytes = await readBytes(request, declared);
  if (bytes.length === 0) return undefined;
  if (!accepted) throw new AppError("unsupported_media_type", "Send application/json in UTF-8, uncompressed.");
  if (!isUtf8(bytes)) throw new AppError("malformed_json", "The body is not UTF-8.");
  try {
    const text = bytes.toString("utf8", hasByteOrderMark(bytes) ? 3 : 0);
    const value = JSON.parse(text) as unknown;
    if (/__proto__|\\u005f/i.test(text)) refusePrototypes(value);
    return value;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      "malformed_json",
      `The body is not JSON: ${error instanceof Error ? error.message.slice(0, 120) : ""}`,
    );
  }
}

/** Reads the fields of a form that a page without script sends. @throws AppError 413, 415 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const bytes = await readBytes(request, Number(request.headers["content-length"] ?? 0));
  const [type] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
  if (type?.trim() !== "application/x-www-form-urlencoded")
    throw new AppError("unsupported_media_type", "Send application/x-www-form-urlencoded.");
  return new URLSearchParams(bytes.toString("utf8"));
}

const hasByteOrderMark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** Schemas of free-form records pass over a key of this name; nothing that was sent is dropped in silence. */
function refusePrototypes(value: unknown, at = "", depth = 0): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > 50) throw invalid(at.slice(0, 200), "This is nested too deeply.");
  for (const [key, inner] of Object.entries(value)) {
    const path = at ? `${at}.${key}` : key;
    if (key === "__proto__") throw invalid(path, "There is no such field.");
    refusePrototypes(inner, path, depth + 1);
  }
}

/** By events: an async iterator over the request costs as much as parsing what it brings. */
function readBytes(request: IncomingMessage, declared: number): Promise<Buffer> {
  const tooLarge = () =>
    new AppError("payload_too_large", `A JSON body may have ${bodyLimit} bytes.`, { headers: { Connection: "close" } });
  if (declared > drainLimit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bodyLimit) chunks.push(chunk);
      if (length <= drainLimit) return;
      request.pause();
      reject(tooLarge());
    });
    request.once("end", () =>
      length > bodyLimit ? reject(tooLarge()) : resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)),
    );
    request.once("error", reject);
  });
}
