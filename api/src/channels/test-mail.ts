import type { ChannelTest } from "@sidedesk/contract";
import { findStaff } from "../accounts/index.ts";
import type { StaffCaller } from "../core/caller.ts";
import { newId } from "../core/data/ids.ts";
import { notFound } from "../core/errors.ts";
import * as mails from "../mails/index.ts";
import { getSite } from "../sites/index.ts";
import { writerOf, writtenBy } from "./compose-mail.ts";
import { mailTransport } from "./mail-transport.ts";
import { messageOf } from "./message.ts";
import { messageIdOf } from "./own-mail.ts";

const deadlineMs = 20_000;

/** Mails whoever asks, here and now, in the site's look, and says what the mail server said. */
export async function testMail({ siteId, staffId }: StaffCaller): Promise<ChannelTest> {
  const [site, staff] = await Promise.all([getSite(siteId), findStaff(siteId, staffId)]);
  if (!staff) throw notFound("member of staff");
  const { name, email } = staff;
  const writer = writerOf(site);
  const { envelope, message } = await messageOf({
    ...writtenBy(site, writer, mails.testMail(writer, { name })),
    to: { name, address: email },
    messageId: messageIdOf(newId()),
  });
  const began = performance.now();
  const tested = (ok: boolean, detail: string): ChannelTest => ({
    ...{ ok, detail: detail.slice(0, 500), status: null },
    latencyMs: Math.round(performance.now() - began),
  });
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    const { response } = await mailTransport().sendMail({ envelope, raw: message, signal });
    return tested(true, `Sent to ${email}: ${response}`);
  } catch (error) {
    return tested(false, error instanceof Error ? error.message : String(error));
  }
}
