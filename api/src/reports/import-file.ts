import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { AppError } from "../core/errors.ts";

/**
 * Looks through a file once before anything is written: what identifies it, how long it is, and that it is UTF-8.
 * @throws AppError 400 when it is not
 */
export async function inspectFile(file: string): Promise<{ hash: string; bytes: number }> {
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      decoder.decode(chunk, { stream: true });
      bytes += chunk.length;
    }
    decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new AppError(
      "validation_failed",
      `The file is not UTF-8 (near byte ${bytes}). Save it as UTF-8 and try again; nothing was imported.`,
    );
  }
  return { hash: hash.digest("hex"), bytes };
}
