import { msg, str } from "@lit/localize";
import { ApiError, NetworkError } from "@sidedesk/client";
import type { Attachment } from "@sidedesk/contract";
import { attachButton, uploadsView, type FileWords, type ShownFile } from "@sidedesk/ui/file-views";
import { percent, sizeWords } from "@sidedesk/ui/format";
import { filesIn, Uploads, type Upload } from "@sidedesk/ui/uploads";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { problemWords } from "../shell/words.ts";

const usualMost = 10 * 1024 * 1024;

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
  if (reason === "size")
    return msg(str`${sizeWords(file.size, locale())}. Files may be up to ${sizeWords(usualMost, locale())}.`);
  if (reason === "count") return msg("Up to 5 files in one message.");
  if (reason === "empty") return msg("This file is empty.");
  return problemWords(error).words;
}

/** The files of what staff are writing: chosen, dropped or pasted; they stay while one looks at the preview. */
export class ComposerFiles implements ReactiveController {
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
    });
    host.addController(this);
  }

  hostConnected(): void {
    for (const name of ["paste", "drop", "dragover"]) this.#host.addEventListener(name, this.#handle);
  }
  hostDisconnected(): void {
    for (const name of ["paste", "drop", "dragover"]) this.#host.removeEventListener(name, this.#handle);
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
  button(): unknown {
    return attachButton(this.#uploads, fileWords());
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
