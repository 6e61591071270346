import type { DomainEvent } from "@sidedesk/contract";
import { readChosen } from "../accounts/index.ts";
import { batched } from "../core/data/batched.ts";
import { ledgerTable, missingIn, noteMade } from "../core/events/made.ts";
import { inSite } from "../preferences/index.ts";
import type { Notice, UnsaidNotice } from "./notice.ts";
import { noticeId, notifications, recipientOf, type Recipient } from "./notification.model.ts";
import { voiceFor } from "./say-notice.ts";
import { composeNotice, writeNotices } from "./write-notices.ts";

interface Asked {
  event: DomainEvent;
  kind: string;
  notices: readonly (Notice | UnsaidNotice)[];
}

/** Writes the notices that follow from an event, and that they came to be, once however often it is called. */
export async function createNotices(event: DomainEvent, kind: string, notices: Asked["notices"]): Promise<void> {
  if (notices.length === 0) return;
  const { error } = await createTogether({ event, kind, notices });
  if (error) throw error;
}

/** What is asked for at about the same time is written in one transaction; one that cannot be written takes no other with it. */
const createTogether = batched(100, async (batch: Asked[]): Promise<{ error?: Error }[]> => {
  const tried = await createAll(batch).then(
    () => ({}),
    (error: Error) => ({ error }),
  );
  if (batch.length === 1 || !("error" in tried)) return batch.map(() => tried);
  const each = await Promise.allSettled(batch.map((one) => createAll([one])));
  return each.map((result) => (result.status === "rejected" ? { error: result.reason as Error } : {}));
});

async function createAll(batch: readonly Asked[]): Promise<void> {
  const all = batch
    .toSorted((a, b) => order(a.event, b.event))
    .flatMap(({ event, kind, notices }) => notices.map((notice) => ({ event, kind, notice })));
  const chosen = await readChosen(all.map(({ event: { siteId }, notice: { to } }) => ({ siteId, ...to })));
  const momentOf = moments();
  const documents = await Promise.all(
    all.map(async ({ event, kind, notice }, index) => {
      const recipient = recipientOf(notice.to.kind, notice.to.id);
      const at = momentOf(recipient, event.occurredAt);
      const id = noticeId(event.id, recipient, kind);
      noteMade(event.id, "notice", id);
      const theirs = chosen[index] ?? {};
      if (!("say" in notice)) return composeNotice(id, event.siteId, notice, theirs, at);
      const { say, ...rest } = notice;
      const voice = voiceFor((await inSite(theirs, event.siteId)).locale);
      return composeNotice(id, event.siteId, { ...rest, ...say(voice) }, theirs, at);
    }),
  );
  await writeNotices(documents);
}

const order = (a: DomainEvent, b: DomainEvent): number =>
  a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1);

/** What was told later than this stands where it was told, so that who has read on from there comes upon it. */
const lateMs = 60_000;

/**
 * When a notice came to be, as its reader's list has it: with what it tells, so that what happened one after the other
 * stands one above the other, however close, and whichever was written first. Of one moment, a millisecond later each.
 */
function moments(now = Date.now()): (recipient: Recipient, occurredAt: Date) => Date {
  const last = new Map<Recipient, number>();
  return (recipient, occurredAt) => {
    const then = occurredAt.getTime();
    const isLate = then < now - lateMs || then > now;
    const at = Math.max(isLate ? now : then, (last.get(recipient) ?? 0) + 1);
    last.set(recipient, at);
    return new Date(at);
  };
}

export const missingNotices = (ids: readonly string[]): Promise<string[]> => missingIn(notifications(), ids);
/** Not there may mean that its reader removed it: then the event of its making is. */
ledgerTable("notice", missingNotices);
