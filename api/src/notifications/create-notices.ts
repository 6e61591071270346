import type { DomainEvent } from "@sidedesk/contract";
import { readChosen } from "../accounts/index.ts";
import { batched } from "../core/data/batched.ts";
import { ledgerTable, missingIn, noteMade } from "../core/events/made.ts";
import { inSite } from "../preferences/index.ts";
import type { Notice, UnsaidNotice } from "./notice.ts";
import { noticeId, notifications, recipientOf } from "./notification.model.ts";
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
  const all = batch.flatMap(({ event, kind, notices }) => notices.map((notice) => ({ event, kind, notice })));
  const chosen = await readChosen(all.map(({ event: { siteId }, notice: { to } }) => ({ siteId, ...to })));
  const documents = await Promise.all(
    all.map(async ({ event, kind, notice }, index) => {
      const id = noticeId(event.id, recipientOf(notice.to.kind, notice.to.id), kind);
      noteMade(event.id, "notice", id);
      const theirs = chosen[index] ?? {};
      if (!("say" in notice)) return composeNotice(id, event.siteId, notice, theirs);
      const { say, ...rest } = notice;
      const voice = voiceFor((await inSite(theirs, event.siteId)).locale);
      return composeNotice(id, event.siteId, { ...rest, ...say(voice) }, theirs);
    }),
  );
  await writeNotices(documents);
}

export const missingNotices = (ids: readonly string[]): Promise<string[]> => missingIn(notifications(), ids);
/** Not there may mean that its reader removed it: then the event of its making is. */
ledgerTable("notice", missingNotices);
