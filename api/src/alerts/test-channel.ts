import type { AlertChannel, ChannelTest } from "@sidedesk/contract";
import { newId } from "../core/data/ids.ts";
import { notFound } from "../core/errors.ts";
import { readSite, type SiteRecord } from "../sites/index.ts";
import { alerts, type AlertDocument } from "./alert.model.ts";
import { composeAlert } from "./compose-alert.ts";
import { linesOf, type Line } from "./lines.ts";
import type { Posted } from "./post-alert.ts";
import { bring } from "./send-alert.ts";
import { closeGate } from "./take-turn.ts";

const keepMs = 30 * 86_400_000;
const failedKeepMs = 90 * 86_400_000;

/** Sends a test message to a channel, on or not, and says what came of it; to everybody on call when it is SMS. It stands in the log like any other. */
export async function testChannel(siteId: string, channel: AlertChannel): Promise<ChannelTest> {
  const site = await readSite(siteId);
  if (!site) throw notFound("site");
  const lines = linesOf(site).filter((line) => line.channel === channel);
  if (lines.length === 0) return { ok: false, detail: missing[channel], status: null, latencyMs: 0 };
  const came = await Promise.all(lines.map((line) => testLine(site, line)));
  const bad = came.filter(({ ok }) => !ok);
  const { ok, status, detail, latencyMs } = bad[0] ?? came[0]!;
  if (came.length === 1) return { ok, detail, status, latencyMs };
  const sum = bad.length === 0 ? `${came.length} sent.` : `${came.length - bad.length} of ${came.length} sent.`;
  return { ok, detail: `${sum} ${detail}`, status, latencyMs: Math.max(...came.map((one) => one.latencyMs)) };
}

const noAddress = "Give the channel its webhook address first, and save it.";
const missing: Record<AlertChannel, string> = {
  discord: noAddress,
  slack: noAddress,
  teams: noAddress,
  sms: "Give account, token, sender and a number on call first, and save them.",
};

async function testLine(site: SiteRecord, line: Line): Promise<Posted> {
  const { siteId, channel, to, gateId } = line;
  const _id = newId();
  const createdAt = new Date();
  const base = { _id, siteId, channel, kind: "test" as const, to, gateId, laneId: gateId };
  const content = await composeAlert(site, { kind: "test", items: [] }, false);
  const posted = await bring(site, line, content!);
  if (posted.waitSeconds > 0) await closeGate(base, posted.waitSeconds);
  const now = new Date();
  const document: AlertDocument = {
    ...base,
    items: [{ id: _id, about: "test", at: createdAt }],
    count: 1,
    createdAt,
    attempt: 1,
    failures: posted.ok ? 0 : 1,
    state: posted.ok ? "succeeded" : "failed",
    settledAt: now,
    expireAt: new Date(now.getTime() + (posted.ok ? keepMs : failedKeepMs)),
    ...(posted.ok ? { sentAt: now } : { lastError: { message: posted.detail, at: now } }),
  };
  await alerts().insertOne(document);
  return posted;
}
