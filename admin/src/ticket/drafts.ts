import { randomId } from "../shell/locks.ts";
import type { FileKeep, KeptFile } from "@sidedesk/ui/uploads";

export type DraftKind = "reply" | "note";
interface Draft {
  body: string;
  at: number;
  /** One key per text that was tried to send: trying the same text again cannot send it twice. */
  key?: string;
  /** When the newest message was written that its writer had before them on beginning. */
  seen?: string;
}

const month = 30 * 86_400_000;
const prefix = "sidedesk-draft:";

/** What somebody typed and has not sent, per person, ticket and kind. It survives reload, sign-out and a closed window. */
export class Drafts {
  readonly #prefix: string;
  constructor(staffId: string, ticketId: string) {
    this.#prefix = `${prefix}${staffId}:${ticketId}:`;
    dropOld();
  }

  body(kind: DraftKind): string {
    return this.#read(kind)?.body ?? "";
  }

  /** @param seen when the newest message there was written: what counts is the one on beginning */
  save(kind: DraftKind, body: string, seen: string): void {
    if (!body.trim()) return this.remove(kind);
    const before = this.#read(kind);
    if (body !== before?.body) this.#write(kind, { body, at: Date.now(), seen: before?.seen ?? seen });
  }

  seen(kind: DraftKind): string | undefined {
    return this.#read(kind)?.seen;
  }

  /** Its writer has read on. */
  seeAgain(kind: DraftKind, seen: string): void {
    const draft = this.#read(kind);
    if (draft) this.#write(kind, { ...draft, seen });
  }

  /** The repeat key of the text as it stands. */
  key(kind: DraftKind, body: string): string {
    const draft = this.#read(kind);
    if (draft?.body === body && draft.key) return draft.key;
    const key = randomId();
    this.#write(kind, { ...draft, body, at: Date.now(), key });
    return key;
  }

  remove(kind: DraftKind): void {
    localStorage.removeItem(this.#prefix + kind);
  }

  /** The files that wait to be sent with the reply or the note, whichever comes first. */
  get files(): FileKeep {
    const name = `${this.#prefix}files`;
    return {
      read: () => (readItem(name) as { files?: KeptFile[] } | null)?.files ?? [],
      write: (files) => (files.length ? writeItem(name, { files, at: Date.now() }) : localStorage.removeItem(name)),
    };
  }

  #read(kind: DraftKind): Draft | null {
    return readItem(this.#prefix + kind) as Draft | null;
  }

  #write(kind: DraftKind, draft: Draft): void {
    writeItem(this.#prefix + kind, draft);
  }
}

function readItem(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

function writeItem(name: string, value: object): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Full or forbidden: what was typed is still in the field.
  }
}

function dropOld(): void {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
    const at = Number(/"at":(\d+)/.exec(localStorage.getItem(name) ?? "")?.[1]);
    if (!(Date.now() - at < month)) localStorage.removeItem(name);
  }
}
