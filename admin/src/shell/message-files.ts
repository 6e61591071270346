import { msg, str } from "@lit/localize";
import { ApiError, NetworkError } from "@sidedesk/client";
import type { Attachment } from "@sidedesk/contract";
import { attachButton, uploadsView, type FileWords, type ShownFile } from "@sidedesk/ui/file-views";
import { percent, sizeWords } from "@sidedesk/ui/format";
import { filesIn, Uploads, type Upload } from "@sidedesk/ui/uploads";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { locale } from "./localization.ts";
import { randomId } from "./locks.ts";
import type { Session } from "./session.ts";
import { problemWords } from "./words.ts";

/** The words around files. */
export const fileWords = (): FileWords => ({
  attach: msg("Attach files"),
  state: stateWords,
  upload: uploadWords,
  retry: (name) => msg(str`Try again: ${name}`),
  remove: (name) => msg(str`Take out ${name}`),
});

function stateWords({ scan, size }: ShownFile): string {
  const bytes = sizeWords(size, locale());
  if (scan === "infected") return msg("Had a virus in it and was removed");
  if (scan === "pending") return msg(str`${bytes}, being checked for viruses`);
  return scan === "clean" ? msg(str`${bytes}, checked for viruses`) : bytes;
}

function uploadWords({ state, share, file, reason, error, result }: Upload<ShownFile>): string {
  if (result) return stateWords(result);
  if (state === "sending") return share < 1 ? percent(share, locale()) : msg("Being checked for viruses");
  if (reason === "count") return msg("Up to 5 files in one message.");
  if (reason === "empty") return msg("This file is empty.");
  if (error instanceof Swept)
    return msg("No longer there: files are kept for a day until they are sent. Choose it again.");
  if (error instanceof ApiError) {
    if (error.problem.code === "unsupported_media_type") return msg("This kind of file is not taken here.");
    if (error.problem.code === "payload_too_large")
      return msg(str`${sizeWords(file.size, locale())} are more than this desk takes.`);
    if (error.problem.code === "unreadable_file") return msg("This file cannot be read. It may be damaged.");
  }
  return problemWords(error).words;
}

/** A file that was sent in and is not part of a message yet, as a draft remembers it. */
export type KeptFile = Pick<Attachment, "id" | "name" | "size" | "contentType" | "scan">;
/** Where the files of one draft are remembered. */
export interface FileKeep {
  read(): KeptFile[];
  write(files: KeptFile[]): void;
}
/** A kept file that the desk removed since: nothing used it for a day. */
class Swept extends Error {}

/**
 * The files of what staff are writing: chosen, dropped or pasted. With a {@link FileKeep} they are there again after a reload;
 * what the desk does not have any more says so and has to be taken out.
 */
export class MessageFiles implements ReactiveController {
  readonly #uploads: Uploads<Attachment>;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #session: () => Session;
  #keep: FileKeep | null = null;
  #written = "";

  constructor(host: ReactiveControllerHost & HTMLElement, session: () => Session) {
    this.#host = host;
    this.#session = session;
    this.#uploads = new Uploads(host, {
      send: (file, { key, ...how }) => session().client.attachments.upload(file, { ...how, idempotencyKey: key }),
      // The desk says it when its own bound is another one.
      maxBytes: () => Infinity,
      mayRetry: (error) =>
        error instanceof NetworkError || (error instanceof ApiError && (error.status === 429 || error.status >= 500)),
    });
    host.addController(this);
  }

  hostConnected(): void {
    for (const name of ["paste", "drop", "dragover"]) this.#host.addEventListener(name, this.#handle);
    if (this.#keep) this.open(this.#keep);
  }
  hostDisconnected(): void {
    for (const name of ["paste", "drop", "dragover"]) this.#host.removeEventListener(name, this.#handle);
  }
  /** What is up is remembered with the draft; what goes up again by itself is not. */
  hostUpdated(): void {
    if (!this.#keep || !this.#host.isConnected) return;
    const files = this.#uploads.list.flatMap(({ state, result }) => (state === "done" && result ? keptOf(result) : []));
    const written = JSON.stringify(files);
    if (written === this.#written) return;
    this.#written = written;
    this.#keep.write(files);
  }

  /** Turns to another draft: its files are there again. */
  open(keep: FileKeep): void {
    this.#uploads.clear();
    this.#keep = keep;
    const kept = keep.read();
    this.#written = JSON.stringify(kept);
    this.#uploads.list = kept.map((one) => ({
      key: randomId(),
      file: new File([], one.name, { type: one.contentType }),
      state: "done",
      share: 1,
      result: { ...one, url: "", previewUrl: null },
    }));
    for (const upload of this.#uploads.list) void this.#check(upload);
  }

  get ids(): string[] {
    return this.#uploads.results.map(({ id }) => id);
  }
  get names(): string {
    return this.#uploads.results.map(({ name }) => name).join(", ");
  }
  /** Why the message cannot be sent yet; empty when it can. */
  get obstacle(): string {
    if (this.#uploads.isBusy) return msg("The files are still on their way.");
    const isInfected = this.#uploads.results.some(({ scan }) => scan === "infected");
    return isInfected || this.#uploads.hasProblem ? msg("Take out what could not be sent first.") : "";
  }
  clear(): void {
    this.#uploads.clear();
  }
  /** Looks whether the files are still there: the desk refused a message because of them. */
  async checkAll(): Promise<void> {
    await Promise.all(this.#uploads.list.map((upload) => this.#check(upload)));
  }
  /** @param long words beside the mark, where there is room for them */
  button(long?: string): unknown {
    return attachButton(this.#uploads, fileWords(), long);
  }
  list(): unknown {
    return uploadsView(this.#uploads, fileWords());
  }

  /** What cannot be asked stays as it is: sending it will tell. */
  async #check(upload: Upload<Attachment>): Promise<void> {
    if (!upload.result) return;
    const scan = await this.#session()
      .client.attachments.state(upload.result.id)
      .catch(() => undefined);
    if (scan === undefined || !this.#uploads.list.includes(upload)) return;
    if (scan === null) Object.assign(upload, { state: "refused", error: new Swept(), result: undefined });
    else upload.result = { ...upload.result, scan: scan === "open" ? openScan(upload.result.scan) : scan };
    this.#host.requestUpdate();
  }

  readonly #handle = (event: Event): void => {
    if (event.type === "dragover") {
      if ((event as DragEvent).dataTransfer?.types.includes("Files")) event.preventDefault();
      return;
    }
    const files = filesIn(event as ClipboardEvent | DragEvent);
    if (!files.length) return;
    event.preventDefault();
    this.#uploads.add(files);
  };
}

const keptOf = ({ id, name, size, contentType, scan }: Attachment): KeptFile => ({ id, name, size, contentType, scan });
/** It may be read now: what was being checked came out clean. */
const openScan = (before: Attachment["scan"]): Attachment["scan"] => (before === "unscanned" ? before : "clean");
