import { msg, str } from "@lit/localize";
import { ApiError, NetworkError } from "@sidedesk/client";
import type { Attachment } from "@sidedesk/contract";
import { attachButton, type FileWords, type ShownFile } from "@sidedesk/ui/file-views";
import { uploadsView, type UnsentWords } from "@sidedesk/ui/unsent-files";
import { sizeWords } from "@sidedesk/ui/format";
import { percent } from "@sidedesk/ui/percent";
import { filesIn } from "@sidedesk/ui/files-in";
import { type FileKeep, Uploads, type Upload } from "@sidedesk/ui/uploads";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { locale } from "./localization.ts";
import type { Session } from "./session.ts";
import { problemWords } from "./words.ts";

/** The words around files. */
export const fileWords = (): FileWords & UnsentWords => ({
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
  if (reason === "gone") return msg("No longer there: files are kept for a day until they are sent. Choose it again.");
  if (error instanceof ApiError) {
    if (error.problem.code === "unsupported_media_type") return msg("This kind of file is not taken here.");
    if (error.problem.code === "payload_too_large")
      return msg(str`${sizeWords(file.size, locale())} are more than this desk takes.`);
    if (error.problem.code === "unreadable_file") return msg("This file cannot be read. It may be damaged.");
  }
  return problemWords(error).words;
}

/**
 * The files of what staff are writing: chosen, dropped or pasted. With a {@link FileKeep} they are there again after a reload;
 * what the desk does not have any more says so and has to be taken out.
 */
export class MessageFiles implements ReactiveController {
  readonly #uploads: Uploads<Attachment>;
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement, session: () => Session) {
    this.#host = host;
    this.#uploads = new Uploads(host, {
      send: (file, { key, ...how }) => session().client.attachments.upload(file, { ...how, idempotencyKey: key }),
      // The desk says it when its own bound is another one.
      maxBytes: () => Infinity,
      mayRetry: (error) =>
        error instanceof NetworkError || (error instanceof ApiError && (error.status === 429 || error.status >= 500)),
      look: (id) => session().client.attachments.state(id),
      revive: (file) => ({ ...file, url: "", previewUrl: null }),
    });
    host.addController(this);
  }

  hostConnected(): void {
    for (const name of ["paste", "drop", "dragover"]) this.#host.addEventListener(name, this.#handle);
  }
  hostDisconnected(): void {
    for (const name of ["paste", "drop", "dragover"]) this.#host.removeEventListener(name, this.#handle);
  }

  /** Turns to another draft: its files are there again. */
  open(keep: FileKeep): void {
    this.#uploads.open(keep);
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
    await this.#uploads.check();
  }
  /** @param long words beside the mark, where there is room for them */
  button(long?: string): unknown {
    return attachButton(this.#uploads, fileWords(), long);
  }
  list(): unknown {
    return uploadsView(this.#uploads, fileWords());
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
