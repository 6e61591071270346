import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { InboundMail } from "@sidedesk/contract";
import { armSweep, stagingFolder, storage } from "../attachments/index.ts";
import { findMail, type OwnAddress } from "../channels/index.ts";
import { config } from "../core/config.ts";
import { AppError, invalid } from "../core/errors.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { log } from "../core/log.ts";
import { findOnlySite, findSiteBySlug } from "../sites/index.ts";
import { findSignedTicket } from "../tickets/index.ts";
import { inboundMails, keepFailedDays, stateOf, type InboundDocument } from "./inbound.model.ts";
import { inboundJob } from "./inbound.job.ts";
import { aboutOf, parseMail } from "./parse-mail.ts";
import { headBytes, headerFields, recipientKeys, recipientOf } from "./recipients.ts";

/** A mail in a local file: nothing knows of it yet. */
export interface StagedMail {
  path: string;
  digest: string;
  size: number;
}

/**
 * Takes a mail to a local file as it comes, so that one of any size costs no memory.
 * @param watch sees the bytes on their way, for a signature
 * @throws AppError 400 for nothing, 413; nothing is left then
 */
export async function stageMail(
  stream: Readable,
  watch: (chunk: Buffer) => void = () => undefined,
): Promise<StagedMail> {
  const { SIDEDESK_INBOUND_MAX_BYTES: most } = config();
  await armSweep(new Date()); // for what a killed process leaves in the folder
  const path = join(await stagingFolder(), randomUUID());
  const hash = createHash("sha256");
  let size = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > most) return done(new AppError("payload_too_large", `A mail may have ${most} bytes.`));
      hash.update(chunk);
      watch(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, meter, createWriteStream(path, { mode: 0o600 }));
    if (size === 0) throw invalid("body", "Send the mail as it came, header and all.");
    return { path, digest: hash.digest("hex"), size };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

export const discardMail = ({ path }: StagedMail): Promise<void> => rm(path, { force: true });

const dayMs = 86_400_000;

/**
 * Keeps a staged mail and makes judging it due. The same bytes are the same mail: whoever was killed half-way, or brings it
 * again, changes nothing. First the document, then the bytes, then the work: so nothing lies about that no document names.
 */
export async function keepMail(
  { path, digest, size }: StagedMail,
  source: InboundMail["source"],
): Promise<{ id: string; state: InboundMail["state"] }> {
  const id = digest.slice(0, 24);
  const key = `inbound/${id}`;
  const about = await whose(await readHead(path));
  const begun = { ...newDocument({ ...about, source, size, key }), state: "held" as const, attempt: 0, failures: 0 };
  await inboundMails().updateOne({ _id: id }, { $setOnInsert: begun }, { upsert: true });
  const kept = await inboundMails().findOne({ _id: id }, { projection: { state: 1, outcome: 1 } });
  if (kept && kept.state !== "held") return { id, state: stateOf(kept) };
  await storeBytes(key, path);
  await inboundMails().updateOne({ _id: id, state: "held" }, { $set: newJobState() });
  wake(inboundJob);
  return { id, state: "received" };
}

const newDocument = (of: Whose & Pick<InboundDocument, "source" | "size" | "key">) => {
  const receivedAt = new Date();
  return {
    ...of,
    receivedAt,
    removeAt: new Date(receivedAt.getTime() + keepFailedDays * dayMs),
    outcome: null,
    reason: null,
    detail: null,
    kind: null,
    subject: "",
    commentId: null,
    customerId: null,
    files: { taken: 0, refused: [] },
  } satisfies Partial<InboundDocument>;
};

/** Notes that a mail was there that is too large to be fetched: of it, the head is kept. */
export async function noteTooLarge(head: Buffer, size: number): Promise<void> {
  const { path, digest } = await stageMail(Readable.from([head.length > 0 ? head : Buffer.from("\r\n")]));
  try {
    const id = digest.slice(0, 24);
    const key = `inbound/${id}`;
    const mail = await parseMail(createReadStream(path)).catch(() => null);
    await storeBytes(key, path);
    const settled = {
      state: "succeeded" as const,
      attempt: 0,
      outcome: "refused" as const,
      reason: "too_large" as const,
    };
    const about = mail ? aboutOf(mail) : {};
    const place = await whose(head.toString("latin1"));
    const noted = { ...newDocument({ ...place, source: "imap", size, key }), ...settled, ...about };
    await inboundMails().updateOne({ _id: id }, { $setOnInsert: noted }, { upsert: true });
  } finally {
    await rm(path, { force: true });
  }
}

async function storeBytes(key: string, path: string): Promise<void> {
  try {
    await (await storage()).put(key, path, "message/rfc822");
  } catch (error) {
    log.error({ err: error }, "the storage does not take mails");
    throw new AppError("unavailable", "The storage does not answer. Nothing was kept; try again in a moment.");
  }
}

/** The beginning of a mail, as text of which only ASCII is relied on. */
async function readHead(path: string): Promise<string> {
  const { size } = await stat(path);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(Math.min(size, headBytes)),
      0,
      Math.min(size, headBytes),
      0,
    );
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}

type Whose = Pick<InboundDocument, "siteId" | "ticketId" | "from" | "sentTo">;

/** Whose it is and what it is about, by its address alone: so that it goes with them, whatever becomes of it. */
async function whose(head: string): Promise<Whose> {
  const fields = headerFields(head);
  const address = /[^\s<>,;:"()[\]]+@[^\s<>,;:"()[\]]+/.exec(
    fields.find(({ name }) => name === "from")?.value ?? "",
  )?.[0];
  const from = address ? { name: "", address: address.toLowerCase().slice(0, 254) } : null;
  const to = recipientOf(fields);
  const named = to ? await placeOf(to) : null;
  const about = { from, sentTo: recipientKeys(fields) };
  if (named?.siteId) return { ...named, ...about };
  return { siteId: await findOnlySite(), ticketId: null, ...about };
}

async function placeOf(to: OwnAddress): Promise<{ siteId: string | null; ticketId: string | null }> {
  if (to.kind === "site") return { siteId: (await findSiteBySlug(to.slug))?.id ?? null, ticketId: null };
  if (to.kind === "bounce") {
    const email = await findMail(to.emailId);
    return { siteId: email?.siteId ?? null, ticketId: email?.ticketId ?? null };
  }
  const ticket = await findSignedTicket(to.ticketId);
  return { siteId: ticket?.siteId ?? null, ticketId: ticket?._id ?? null };
}
