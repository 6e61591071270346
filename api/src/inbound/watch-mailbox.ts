import { ImapFlow } from "imapflow";
import { config } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import { log } from "../core/log.ts";
import { noteMailbox, type MailboxDocument } from "./mailbox.model.ts";
import { discardMail, keepMail, noteTooLarge, stageMail } from "./take-mail.ts";

export interface Watch {
  /** Ends when the connection does; fails with what ended it, unless it was asked to. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Reads a mailbox from where it was left: what is there now, and what comes, told by the server (IDLE) or found by looking. A
 * mail is kept first, then marked or moved, then counted as read: whoever is killed in between brings it again, and the same
 * bytes are the same mail.
 */
export function watchMailbox(mailbox: MailboxDocument, holder: string, url: string): Watch {
  const { SIDEDESK_INBOUND_POLL_SECONDS: pollSeconds } = config();
  const client = new ImapFlow(optionsOf(url));
  let isStopped = false;
  let wake = (): void => undefined;
  let isWanted = false;
  const look = (): void => {
    isWanted = true;
    wake();
  };
  client.on("exists", look);
  client.on("close", look);
  client.on("error", (error: unknown) => log.debug({ err: error }, "the mailbox's connection failed"));

  const run = async (): Promise<void> => {
    await client.connect();
    const lock = await client.getMailboxLock(folderOf(url));
    try {
      const progress = await placeIn(client, mailbox, holder);
      while (!isStopped && client.usable) {
        isWanted = false;
        await readNew(client, progress, () => isStopped);
        await noteMailbox(mailbox._id, holder, {
          lookedAt: new Date(),
          state: "connected",
          error: refusalOf(progress),
          failures: 0,
        });
        if (isStopped || isWanted) continue;
        // Broken off by whatever is asked of the server next; where it cannot idle, the next look finds what is new.
        client.idle().catch(() => undefined);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollSeconds * 1000);
          wake = () => (clearTimeout(timer), resolve());
        });
      }
      if (!isStopped) throw new Error("The mail server closed the connection.");
    } finally {
      lock.release();
    }
  };
  const ended = run().finally(async () => {
    if (client.usable) await client.logout().catch(() => undefined);
    client.close();
  });
  return {
    ended: ended.catch((error: unknown) => {
      if (!isStopped) throw error;
    }),
    stop: async () => {
      isStopped = true;
      look();
      const patience = setTimeout(() => client.close(), 2000);
      await ended.catch(() => undefined);
      clearTimeout(patience);
    },
  };
}

function optionsOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "imaps:";
  return {
    host: hostname,
    port: Number(port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false as const,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 5 * 60_000,
  };
}

const folderOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1)) || "INBOX";

/** How far the mailbox was read, held to what its numbers count under. */
interface Progress {
  _id: string;
  holder: string;
  lastUid: number;
  refused: number[];
}
/** More than these that a server does not hand out are a fault of the mailbox, and it is left where it stands. */
const mostRefused = 100;
const refusalOf = ({ refused }: Progress): string | null =>
  refused.length > 0
    ? `The mail server does not hand out ${refused.length === 1 ? "a mail" : `${refused.length} mails`} (UID ${refused.slice(0, 5).join(", ")}${refused.length > 5 ? ", …" : ""}). They are asked for again at each look; look at them there.`
    : null;

async function placeIn(client: ImapFlow, mailbox: MailboxDocument, holder: string): Promise<Progress> {
  const uidValidity = String(client.mailbox === false ? "" : client.mailbox.uidValidity);
  const isSame = mailbox.uidValidity === uidValidity;
  if (!isSame && mailbox.uidValidity !== null) log.warn("the mailbox counts anew; it is read from its beginning");
  const lastUid = isSame ? mailbox.lastUid : 0;
  const refused = isSame ? (mailbox.refused ?? []) : [];
  await noteMailbox(mailbox._id, holder, { uidValidity, lastUid, refused });
  return { _id: mailbox._id, holder, lastUid, refused };
}

/** Takes over everything above the last number, in order, and before that what was refused when it was asked for. */
async function readNew(client: ImapFlow, progress: Progress, isStopped: () => boolean): Promise<void> {
  for (const uid of [...progress.refused]) {
    if (isStopped()) return;
    if (await takeOver(client, uid, progress)) await keepPlace(progress);
  }
  // `n:*` means the last one even when it is below n.
  const found = (await client.search({ uid: `${progress.lastUid + 1}:*` }, { uid: true })) || [];
  for (const uid of found.filter((one) => one > progress.lastUid).sort((a, b) => a - b)) {
    if (isStopped()) return;
    await takeOver(client, uid, progress);
    progress.lastUid = uid;
    await keepPlace(progress);
  }
}

const keepPlace = ({ _id, holder, lastUid, refused }: Progress): Promise<unknown> =>
  noteMailbox(_id, holder, { lastUid, refused });

/**
 * Takes one over, unless the server does not hand it out: the next ones do not wait for it.
 * @returns whether it came
 */
async function takeOver(client: ImapFlow, number: number, progress: Progress): Promise<boolean> {
  const { SIDEDESK_INBOUND_MOVE_TO: moveTo } = config();
  const uid = String(number);
  const others = progress.refused.filter((one) => one !== number);
  try {
    await fetchMail(client, uid);
  } catch (error) {
    if (!client.usable || !isRefusal(error) || others.length >= mostRefused) throw error;
    log.warn({ err: error, uid }, "the mail server does not hand out a mail; it is asked for again later");
    progress.refused = [...others, number];
    return false;
  }
  progress.refused = others;
  await client.messageFlagsAdd(uid, ["\\Seen"], { uid: true });
  if (moveTo) await move(client, uid, moveTo);
  return true;
}

/** The server said no to this very thing; being asked too often or having lost the connection is something else. */
const isRefusal = (error: unknown): boolean => {
  const { responseStatus, code } = error as { responseStatus?: string; code?: string };
  return (responseStatus === "NO" || responseStatus === "BAD") && code !== "ETHROTTLE";
};

async function fetchMail(client: ImapFlow, uid: string): Promise<void> {
  const { SIDEDESK_INBOUND_MAX_BYTES: most } = config();
  const about = await client.fetchOne(uid, { size: true, headers: true }, { uid: true });
  if (!about) return; // gone meanwhile
  if ((about.size ?? 0) > most) return noteTooLarge(about.headers ?? Buffer.alloc(0), about.size ?? 0);
  const { content } = await client.download(uid, undefined, { uid: true });
  if (!content) return;
  const staged = await stageMail(content).catch((error: unknown) => {
    // Nothing at all in it: there is nothing to keep, and the next one must not wait for it.
    if (error instanceof AppError && error.status === 400) return null;
    throw error;
  });
  if (!staged) return;
  try {
    await keepMail(staged, "imap");
  } finally {
    await discardMail(staged);
  }
}

const known = new Set<string>();
async function move(client: ImapFlow, uid: string, folder: string): Promise<void> {
  if (!known.has(folder)) await client.mailboxCreate(folder).catch(() => undefined); // there already
  known.add(folder);
  // One that cannot be moved is marked all the same, and is not read twice.
  await client
    .messageMove(uid, folder, { uid: true })
    .catch((error: unknown) => log.warn({ err: error, folder }, "a mail that was taken over could not be moved"));
}
