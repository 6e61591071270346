import { createReadStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { discardUpload, receiveUpload, uploadLimits, type AttachmentDocument } from "../attachments/index.ts";
import { AppError } from "../core/errors.ts";
import type { RefusedFile } from "./inbound-words.ts";
import { parseMail, type MailFile } from "./parse-mail.ts";

/** Files that one message may have; the API's own bound. */
const mostFiles = 5;

export interface TakenFiles {
  kept: AttachmentDocument[];
  refused: { name: string; why: RefusedFile }[];
}

/**
 * Takes a mail's files on the way that uploads go: judged by content, scanned, stored; nothing is in the database yet. What is
 * not taken is named. Reads the mail a second time, one file after the other, so that none is ever held whole.
 *
 * @param rest text that is too long for a message, kept as its first file
 * @throws AppError 503 when the storage does not answer; what was stored until then is swept
 */
export async function takeFiles(
  path: string,
  siteId: string,
  wanted: readonly MailFile[],
  rest: string | null,
): Promise<TakenFiles> {
  const taken: TakenFiles = { kept: [], refused: [] };
  const uploader = { kind: "mail" as const, id: null };
  const take = async (name: string, stream: Readable): Promise<void> => {
    if (taken.kept.length >= mostFiles) return void taken.refused.push({ name, why: "tooMany" });
    if (uploadLimits().scanner === "missing") return void taken.refused.push({ name, why: "notAccepted" });
    const bounded = stream.pipe(bound(uploadLimits().maxBytes));
    try {
      const file = await receiveUpload(siteId, uploader, { name, stream: bounded });
      if (file.scan === "infected") taken.refused.push({ name: file.name, why: "infected" });
      else taken.kept.push(file);
    } catch (error) {
      const why = error instanceof AppError ? whys[error.code] : undefined;
      if (!why) throw error;
      stream.unpipe(bounded);
      taken.refused.push({ name, why });
    }
  };
  try {
    if (rest !== null) await take("mail.txt", Readable.from([Buffer.from(rest)]));
    const indexes = new Set(wanted.map(({ index }) => index));
    if (indexes.size > 0)
      await parseMail(createReadStream(path), async (file, stream) => {
        if (indexes.has(file.index)) await take(file.name, stream);
      });
  } catch (error) {
    await discardFiles(taken.kept);
    throw error;
  }
  return taken;
}

export const discardFiles = async (files: readonly AttachmentDocument[]): Promise<void> => {
  for (const file of files) await discardUpload(file);
};

const whys: Partial<Record<string, RefusedFile>> = {
  payload_too_large: "tooLarge",
  unsupported_media_type: "wrongType",
  infected_file: "infected",
  unreadable_file: "unreadable",
  validation_failed: "unreadable",
};

function bound(most: number): Transform {
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(size > most ? new AppError("payload_too_large", `A file may have ${most} bytes.`) : null, chunk);
    },
  });
  stream.on("error", () => undefined); // told by whoever reads it
  return stream;
}
