import { randomId } from "@sidedesk/ui/random-id";
import type { FileKeep } from "@sidedesk/ui/uploads";
import { draftsOf, dropOldDrafts, filesOfDraft, readDraft, removeDraft, writeDraft } from "../shell/draft-items.ts";

export type DraftKind = "reply" | "note";
interface Draft {
  body: string;
  /** One key per text that was tried to send: trying the same text again cannot send it twice. */
  key?: string;
  /** When the newest message was written that its writer had before them on beginning. */
  seen?: string;
}

/** What somebody typed and has not sent, per person, ticket and kind. It survives reload, sign-out and a closed window. */
export class Drafts {
  readonly #prefix: string;
  constructor(staffId: string, ticketId: string) {
    this.#prefix = draftsOf(staffId, ticketId);
    dropOldDrafts();
  }

  body(kind: DraftKind): string {
    return this.#read(kind)?.body ?? "";
  }

  /** @param seen when the newest message there was written: what counts is the one on beginning */
  save(kind: DraftKind, body: string, seen: string): void {
    if (!body.trim()) return this.remove(kind);
    const before = this.#read(kind);
    if (body !== before?.body) this.#write(kind, { body, seen: before?.seen ?? seen });
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
    this.#write(kind, { ...draft, body, key });
    return key;
  }

  remove(kind: DraftKind): void {
    removeDraft(this.#prefix + kind);
  }

  /** The files that wait to be sent with the reply or the note, whichever comes first. */
  get files(): FileKeep {
    return filesOfDraft(`${this.#prefix}files`);
  }

  #read(kind: DraftKind): Draft | null {
    return readDraft(this.#prefix + kind) as Draft | null;
  }

  #write(kind: DraftKind, draft: Draft): void {
    writeDraft(this.#prefix + kind, draft);
  }
}
