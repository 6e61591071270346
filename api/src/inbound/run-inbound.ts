import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { InboundReason } from "@sidedesk/contract";
import { NoSuchFile, stagingFolder, storage } from "../attachments/index.ts";
import { AppError } from "../core/errors.ts";
import { failed, succeeded, type JobRun, type Outcome } from "../core/jobs/define-job.ts";
import { findSite, type SiteRecord } from "../sites/index.ts";
import { acceptMail, AlreadySettled, NothingSaid } from "./accept-mail.ts";
import { inboundMails, keepDays, type InboundDocument } from "./inbound.model.ts";
import { judgeMail } from "./judge-mail.ts";
import { aboutOf, parseMail, type ParsedMail } from "./parse-mail.ts";

/** Judges one mail and takes it or turns it away. What it came to stands in the document before the job is settled. */
export const run: JobRun<InboundDocument> = async (document, { signal }) => {
  if (document.outcome) return succeeded();
  const site = document.siteId === null ? null : await findSite(document.siteId);
  if (!site) return refuse(document, null, null, "no_recipient", null);
  const path = join(await stagingFolder(), randomUUID());
  try {
    await pipeline(await (await storage()).open(document.key), createWriteStream(path, { mode: 0o600 }), { signal });
    return await take(document, site, path);
  } catch (error) {
    if (error instanceof NoSuchFile) return failed("The mail's bytes are gone.");
    throw error;
  } finally {
    await rm(path, { force: true });
  }
};

async function take(document: InboundDocument, site: SiteRecord, path: string): Promise<Outcome> {
  let mail: ParsedMail;
  try {
    mail = await parseMail(createReadStream(path));
  } catch (error) {
    return refuse(document, site, null, "malformed", error instanceof Error ? error.message.slice(0, 300) : null);
  }
  const verdict = await judgeMail(site, mail);
  if (verdict.act === "refuse") return refuse(document, site, mail, verdict.reason, verdict.detail);
  try {
    await acceptMail(document, site, mail, verdict, path);
    return succeeded({ removeAt: removalOf(site) });
  } catch (error) {
    if (error instanceof AlreadySettled) return succeeded();
    const reason = reasonOf(error);
    if (!reason) throw error;
    return refuse(document, site, mail, reason, error instanceof AppError ? error.message : null);
  }
}

/** What is no trouble of ours but an answer. */
function reasonOf(error: unknown): InboundReason | null {
  if (error instanceof NothingSaid) return "empty";
  if ((error as { keyPattern?: object }).keyPattern && "takenAs" in (error as { keyPattern: object }).keyPattern)
    return "duplicate";
  if (!(error instanceof AppError)) return null;
  return error.code === "not_found" ? "gone" : error.code === "forbidden" ? "not_allowed" : null;
}

async function refuse(
  document: InboundDocument,
  site: SiteRecord | null,
  mail: ParsedMail | null,
  reason: InboundReason,
  detail: string | null,
): Promise<Outcome> {
  const { _id } = document;
  const about = mail ? aboutOf(mail) : {};
  await inboundMails().updateOne(
    { _id, outcome: null },
    { $set: { outcome: "refused", reason, detail, removeAt: removalOf(site), ...about } },
  );
  return succeeded();
}

const dayMs = 86_400_000;
const removalOf = (site: SiteRecord | null): Date =>
  new Date(Date.now() + Math.min(keepDays, site?.settings.retentionDays ?? keepDays) * dayMs);
