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
  const accepted = type?.trim() === "application/json" && (charset === undefined || /^charset="?utf-?8"?$/.test(charset)) && encoding === "identity";
  const bytes = await readBytes(request, declared);
  if (bytes.length === 0) return undefined;
  if (!accepted) throw new AppError("unsupported_media_type", "Send application/json in UTF-8, uncompressed.");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value = JSON.parse(text) as unknown;
    if (/__proto__|\\u005f/i.test(text)) refusePrototypes(value);
    return value;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("malformed_json", error instanceof SyntaxError ? `The body is not JSON: ${error.message.slice(0, 120)}` : "The body is not UTF-8.");
  }
}

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

async function readBytes(request: IncomingMessage, declared: number): Promise<Buffer> {
  const tooLarge = () => new AppError("payload_too_large", `A JSON body may have ${bodyLimit} bytes.`, { headers: { Connection: "close" } });
  if (declared > drainLimit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > drainLimit) throw tooLarge();
    if (length <= bodyLimit) chunks.push(chunk);
  }
  if (length > bodyLimit) throw tooLarge();
  return Buffer.concat(chunks);
}
