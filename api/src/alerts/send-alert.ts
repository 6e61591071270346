import { failed, retry, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { channelSecret, findSite, type SiteRecord } from "../sites/index.ts";
import type { AlertContent } from "./alert-content.ts";
import type { AlertDocument } from "./alert.model.ts";
import { composeAlert } from "./compose-alert.ts";
import { linesOf, type Line } from "./lines.ts";
import { postAlert, type Posted } from "./post-alert.ts";
import { chatPosting, smsPosting } from "./services.ts";
import { closeGate, noteSent } from "./take-turn.ts";

/** Tries to bring one message to its channel. What it says is put together anew at each try. */
export const run: JobRun<AlertDocument> = async (alert, { signal }) => {
  const site = await findSite(alert.siteId);
  const line = site && linesOf(site).find(({ gateId }) => gateId === alert.gateId);
  if (!line || (!line.isOn && alert.kind !== "test"))
    return { state: "cancelled", error: "The channel is off, or no longer set up." };
  const content = await composeAlert(site, alert, line.includeText);
  if (!content) return { state: "cancelled", error: "What it was about is gone." };
  const posted = await bring(site, line, content, signal);
  if (posted.waitSeconds > 0) await closeGate(alert, posted.waitSeconds);
  if (posted.ok) {
    await noteSent(alert);
    return succeeded({ sentAt: new Date() });
  }
  return posted.isFinal ? failed(posted.detail) : retry(posted.detail, { afterSeconds: posted.waitSeconds });
};

/** Sends a message along a line, once. */
export async function bring(
  site: SiteRecord,
  line: Line,
  content: AlertContent,
  signal?: AbortSignal,
): Promise<Posted> {
  const secret = channelSecret(site, line.channel);
  const nothing = { ok: false, status: null, latencyMs: 0, isFinal: true, waitSeconds: 0 };
  if (!secret) return { ...nothing, detail: "The channel is not set up." };
  const posting =
    line.channel === "sms"
      ? smsPosting(site.settings.channels.sms, secret, line.to, content)
      : chatPosting(line.channel, secret, content);
  return postAlert(line.channel, posting, signal);
}
