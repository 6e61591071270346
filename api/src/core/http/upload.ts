import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import { AppError, invalid } from "../errors.ts";

/** A file on its way in. `stream` must be read to its end or destroyed; it fails at one byte too many and when the line is cut. */
export interface IncomingFile {
  /** As the caller named it, paths and all: make it safe before it is kept or shown. */
  name: string;
  /** What the caller says it is; nothing to rely on. */
  declaredType: string;
  stream: Readable;
}

/** A route that takes one file as `multipart/form-data` in the field `file`, instead of JSON. */
export interface UploadSpec<Context, R> {
  /** For the documentation. */
  description: string;
  /** The body is the file itself, of one of these types, instead of a form's field. */
  raw?: readonly string[];
  /** Read at each call. One byte more is 413. */
  maxBytes(): number;
  /**
   * Takes the stream to where it is kept for now, outside of any transaction and only once; what it answers is `file` in
   * `handle`. May refuse before it reads. When it throws, it has cleaned up after itself.
   */
  receive(file: IncomingFile, context: Context): Promise<R>;
  /** Removes what `receive` kept: the rest of the request was bad, `handle` threw, or a repeat key gave the first answer. */
  discard(received: R): Promise<void>;
}

/** What a file was, for repeat keys: the same name and bytes are the same request. */
export interface Fingerprint {
  name: string;
  size: number;
  sha256: string;
}

/** A refused upload is read on up to here, so that the caller gets the answer instead of a broken connection. */
const drainLimit = 32 * 1024 * 1024;

/**
 * Streams the one file of a multipart request into `receive`, which runs while the bytes arrive; nothing is buffered.
 * @throws AppError 400 for another field, no file or several; 413; 415; whatever `receive` throws. Nothing is left then.
 */
export async function readUpload<R>(
  request: IncomingMessage,
  maxBytes: number,
  receive: (file: IncomingFile) => Promise<R>,
  discard: (received: R) => Promise<void>,
): Promise<{ received: R; fingerprint: Fingerprint }> {
  const parser = parserFor(request);
  let refusal: Error | undefined;
  let current: { meter: ReturnType<typeof metered>; done: Promise<R> } | undefined;
  const refuse = (error: unknown): void => {
    refusal ??= asError(error);
    current?.meter.stream.destroy(refusal);
    parser.destroy();
  };
  parser.on("file", (field, stream, { filename, mimeType }) => {
    stream.on("error", () => undefined); // told by the meter
    if (field !== "file")
      return refuse(invalid(field.slice(0, 200), "There is no such field; send the file as `file`."));
    if (current) return refuse(invalid("file", "Send one file at a time."));
    // HTML has browsers write these three so, and nothing else.
    const name = (filename ?? "").replace(/%(22|0A|0D)/g, (_all, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
    const meter = metered(name, maxBytes, request.headers["idempotency-key"] !== undefined);
    pipeline(stream, meter.stream).catch((error: unknown) => (refusal ??= asError(unreadable(error))));
    current = { meter, done: receive({ name, declaredType: mimeType, stream: meter.stream }) };
    current.done.catch(refuse);
  });
  parser.on("field", (field) =>
    refuse(invalid(field.slice(0, 200), "There is no such field; send the file as `file`.")),
  );
  await pump(request, parser).catch((error: unknown) => (refusal ??= asError(unreadable(error))));
  if (refusal !== undefined) refuse(refusal);
  const received = await current?.done.catch((error: unknown) => void (refusal ??= asError(error)));
  if (refusal !== undefined) {
    if (received !== undefined) await discard(received);
    drain(request);
    throw refusal;
  }
  if (!current) throw invalid("file", "Send a file in the field `file`.");
  return { received: received as R, fingerprint: current.meter.fingerprint() };
}

/**
 * The same where the body is the file itself.
 * @throws AppError 413; 415; whatever `receive` throws
 */
export async function readRaw<R>(
  request: IncomingMessage,
  { types, maxBytes }: { types: readonly string[]; maxBytes: number },
  receive: (file: IncomingFile) => Promise<R>,
): Promise<{ received: R; fingerprint: Fingerprint }> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (!types.includes(type) || encoding !== "identity") {
    drain(request);
    throw new AppError("unsupported_media_type", `Send ${types.join(" or ")}, uncompressed.`);
  }
  const meter = metered("", maxBytes, request.headers["idempotency-key"] !== undefined);
  // Not by pipeline(), which would destroy the connection that the answer is to go out by.
  request.once("aborted", () => meter.stream.destroy(asError(unreadable(new Cut()))));
  request.once("error", (error) => meter.stream.destroy(error));
  request.pipe(meter.stream);
  try {
    const received = await receive({ name: "", declaredType: type, stream: meter.stream });
    return { received, fingerprint: meter.fingerprint() };
  } catch (error) {
    drain(request);
    throw error;
  }
}

function parserFor(request: IncomingMessage): busboy.Busboy {
  const type = request.headers["content-type"] ?? "";
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (!/^multipart\/form-data\s*(;|$)/i.test(type.trim()) || encoding !== "identity") {
    drain(request);
    throw new AppError("unsupported_media_type", "Send multipart/form-data with the file in the field `file`.");
  }
  try {
    return busboy({ headers: request.headers, preservePath: true, defParamCharset: "utf8", limits: { parts: 20 } });
  } catch {
    drain(request);
    throw invalid("file", "The multipart body names no boundary.");
  }
}

/** Ends when the form has been read, was refused, or the line was cut. */
function pump(request: IncomingMessage, parser: busboy.Busboy): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = (): void => reject(new Cut());
    request.once("aborted", cut);
    request.once("error", reject);
    parser.on("error", reject); // there may be a second one when it is given up, and nobody else hears it
    parser.once("partsLimit", () => reject(invalid("file", "Send one file at a time.")));
    parser.once("close", () => {
      request.unpipe(parser);
      resolve();
    });
    request.pipe(parser);
  });
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
class Cut extends Error {}
const unreadable = (error: unknown): unknown =>
  error instanceof AppError
    ? error
    : error instanceof Cut
      ? new AppError("validation_failed", "The connection ended before the file did.")
      : invalid("file", "The multipart body ends too early or is not well-formed.");

/** Passes bytes on, counts them, and fails at one too many. Hashing costs as much as all the rest, so only repeat keys have it. */
function metered(name: string, maxBytes: number, isHashed: boolean): { stream: Transform; fingerprint(): Fingerprint } {
  const hash = createHash("sha256");
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) return done(new AppError("payload_too_large", `A file may have ${maxBytes} bytes.`));
      if (isHashed) hash.update(chunk);
      done(null, chunk);
    },
  });
  stream.on("error", () => undefined); // whoever reads it is told by their own listener; without one this would end the process
  return { stream, fingerprint: () => ({ name, size, sha256: hash.digest("base64url") }) };
}

/** Reads on and forgets, in the background, up to a bound. */
function drain(request: IncomingMessage): void {
  let left = drainLimit;
  request.unpipe();
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on("error", () => undefined);
  request.resume();
}
