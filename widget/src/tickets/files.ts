import { msg, str } from "@lit/localize";
import type { Attachment } from "@sidedesk/contract";
import type { FileWords, ShownFile } from "@sidedesk/ui/file-views";
import { sizeWords } from "@sidedesk/ui/format";
import type { FileKeep, KeptFile, Uploads } from "@sidedesk/ui/uploads";
import { html, nothing, type LitElement } from "lit";
import type { Desk } from "../session/desk.ts";
import type { Drafts } from "../session/drafts.ts";
import type * as UnsentFiles from "./unsent-files.ts";

/**
 * The files of a message that somebody writes to this desk. Most messages have none: what sends and shows them is loaded with
 * the first; until then they wait here, by their names, and the message with them.
 */
export class MessageFiles {
  /** Once one is there. */
  #uploads: Uploads<Attachment> | undefined;
  #view: ((locale: string) => unknown) | undefined;
  #waiting: File[] = [];
  #keep: FileKeep | undefined;
  readonly #host: LitElement;
  readonly #desk: () => Desk | null;

  constructor(host: LitElement, desk: () => Desk | null) {
    this.#host = host;
    this.#desk = desk;
  }

  /** Turns to a draft: its files are here again. */
  open(keep: FileKeep): void {
    this.#keep = keep;
    this.#waiting = [];
    this.#uploads?.open(keep);
  }
  add(files: Iterable<File>): void {
    if (this.#uploads) return this.#uploads.add(files);
    this.#waiting.push(...files);
    this.#host.requestUpdate();
  }
  clear(): void {
    this.#waiting = [];
    this.#uploads?.clear();
  }
  check(): void {
    void this.#uploads?.check();
  }

  get results(): Attachment[] {
    return this.#uploads?.results ?? [];
  }
  /** Names of those that nothing can be said of yet. */
  get #names(): string[] {
    return this.#uploads ? [] : [...(this.#keep?.read() ?? []), ...this.#waiting].map(({ name }) => name);
  }
  /** Why a message cannot go yet; empty when it can. */
  get obstacle(): string {
    if (this.#names.length || this.#uploads?.isBusy) return msg("The files are still on their way.");
    return this.#uploads?.hasProblem || this.results.some(({ scan }) => scan === "infected")
      ? msg("Take out what could not be sent first.")
      : "";
  }

  render(locale: string): unknown {
    if (this.#view) return this.#view(locale);
    const names = this.#names;
    if (!names.length) return nothing;
    // Tried again whenever something becomes of the message.
    void import("./unsent-files.ts").then(
      (loaded) => this.#begin(loaded),
      () => undefined,
    );
    return html`<p class="meta">${names.join(", ")}</p>`;
  }

  #begin({ newUploads, unsentList }: typeof UnsentFiles): void {
    if (this.#uploads || !this.#host.isConnected) return;
    const uploads = (this.#uploads = newUploads(this.#host, this.#desk));
    this.#view = (locale) => unsentList(uploads, locale, this.#desk());
    if (this.#keep) uploads.open(this.#keep);
    uploads.add(this.#waiting.splice(0));
  }
}

/** Beside a draft, the files that belong to it. */
export const keepOf = (drafts: Drafts, draft: string): FileKeep => ({
  read: () => drafts.get<KeptFile[]>(`files:${draft}`) ?? [],
  write: (files) => drafts.set(`files:${draft}`, files.length ? files : null),
});

/** The words around files. */
export const fileWords = (locale: string): FileWords => ({
  attach: msg("Attach files"),
  state: (file) => stateWords(file, locale),
});

export function stateWords({ scan, size }: ShownFile, locale: string): string {
  const bytes = sizeWords(size, locale);
  if (scan === "infected") return msg("Had a virus in it and was removed");
  if (scan === "pending") return msg(str`${bytes}, being checked for viruses`);
  return scan === "clean" ? msg(str`${bytes}, checked for viruses`) : bytes;
}

/** A message needs words; a file alone speaks for itself. */
export const wordsOrNames = (text: string, files: readonly Attachment[]): string =>
  text.trim() || files.map(({ name }) => name).join(", ");
