import type { Actor, DomainEvents, EventType } from "@sidedesk/contract";
import { actorOf, type Caller } from "../caller.ts";
import { newId } from "../data/ids.ts";
import { serverNow } from "../data/server-time.ts";
import { afterCommit, openTransaction, type OpenTransaction } from "../data/transaction.ts";
import { leaseMs } from "./claim-events.ts";
import { events, type EventDocument } from "./event.model.ts";
import { reactionsFor } from "./reaction.ts";
import { hasRelay, wakeRelay } from "./wake.ts";

/** Due at once by any clock: the server's, which relays go by, may be behind that of this process. */
const atOnce = new Date(0);
const keepDays = 30;

/**
 * Records that something happened, as part of the open transaction: either both are there afterwards or neither is.
 * Nothing else is waited for; who is interested gets it from the relay.
 *
 * @param by whose site it is and who did it
 * @param options.at when it happened, if not now (imports)
 * @param options.quiet kept for the history only: no reaction runs (imports of what others were told long ago)
 * @param options.within the transaction, where it was handed on
 * @returns the event's id
 * @throws Error outside a transaction
 */
export async function record<T extends EventType>(
  type: T,
  by: Caller | { siteId: string; actor: Actor },
  data: DomainEvents[T],
  { within = openTransaction(), ...options }: { at?: Date; quiet?: boolean; within?: OpenTransaction } = {},
): Promise<string> {
  const document = documentOf({ type, by, data, ...options });
  await write([document], within);
  return document._id;
}

/** Records several at once, in their order, of one type or of several. @returns their ids. @throws Error outside a transaction */
export async function recordAll(list: readonly Happened[], within = openTransaction()): Promise<string[]> {
  const documents = list.map((one) => documentOf<EventType>(one));
  if (documents.length > 0) await write(documents, within);
  return documents.map(({ _id }) => _id);
}

/** What happened, whatever type it is of. */
export type Happened = { [T in EventType]: Recorded<T> }[EventType];
interface Recorded<T extends EventType> {
  type: T;
  by: Caller | { siteId: string; actor: Actor };
  data: DomainEvents[T];
  at?: Date;
  quiet?: boolean;
}

function documentOf<T extends EventType>({ type, by, data, at, quiet }: Recorded<T>): EventDocument {
  const now = new Date();
  // A relay in this process is handed the event after the commit, so it is claimed from the start: that spares a write.
  const isClaimed = hasRelay();
  const pending = quiet ? [] : [...reactionsFor(type)];
  return {
    _id: newId(),
    siteId: by.siteId,
    type,
    actor: "actor" in by ? by.actor : actorOf(by),
    data: structuredClone(data),
    occurredAt: at ?? now,
    pending,
    claims: isClaimed ? 1 : 0,
    attempts: 0,
    ...(quiet ? { isQuiet: true } : {}),
    ...(pending.length > 0
      ? { nextAt: isClaimed ? new Date(serverNow().getTime() + leaseMs) : atOnce }
      : { doneAt: now, expireAt: new Date(now.getTime() + keepDays * 86_400_000) }),
  };
}

async function write(documents: EventDocument[], within: OpenTransaction | undefined): Promise<void> {
  if (!within) throw new Error(`record("${documents[0]?.type}") outside a transaction`);
  const { session } = within;
  const [only] = documents;
  if (documents.length === 1 && only) await events().insertOne(only, { session });
  else await events().insertMany(documents, { session });
  for (const document of documents) if (document.pending.length > 0) afterCommit(() => wakeRelay(document), within);
}
