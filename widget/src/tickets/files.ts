import { msg, str } from "@lit/localize";
import { ApiError, attachmentsApi, NetworkError, unsentFilesApi } from "@sidedesk/client";
import type { Attachment } from "@sidedesk/contract";
import type { FileWords, ShownFile } from "@sidedesk/ui/file-views";
import { sizeWords } from "@sidedesk/ui/format";
import { Uploads, type FileKeep, type KeptFile } from "@sidedesk/ui/uploads";
import { html, nothing, type ReactiveControllerHost } from "lit";
import type { Desk } from "../session/desk.ts";
import type { Drafts } from "../session/drafts.ts";
import type * as UnsentFiles from "./unsent-files.ts";

export const usualMost = 10 * 1024 * 1024;

/** The files of a message that somebody writes to this desk. */
export const uploadsOf = (host: ReactiveControllerHost, desk: () => Desk | null): Uploads<Attachment> =>
  new Uploads(host, {
    send: (file, { key, ...how }) => {
      const { http } = desk() ?? {};
      if (!http) throw new Error("no desk");
      return attachmentsApi(http).upload(file, { ...how, idempotencyKey: key });
    },
    maxBytes: () => desk()?.site?.uploads?.maxBytes ?? usualMost,
    mayRetry: (error) =>
      error instanceof NetworkError || (error instanceof ApiError && (error.status === 429 || error.status >= 500)),
    look: async (id) => {
      const { http } = desk() ?? {};
      return http && unsentFilesApi(http).state(id);
    },
    revive: (file) => ({ ...file, url: "", previewUrl: null }),
  });

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

let list: typeof UnsentFiles | undefined;
/** Files on their way. Most messages have none: what shows how they are is loaded with the first; until then, they are named. */
export function unsentFiles(
  host: ReactiveControllerHost,
  uploads: Uploads<Attachment>,
  locale: string,
  desk: Desk | null,
) {
  const files = uploads.list;
  if (files.length === 0) return nothing;
  if (list) return list.unsentList(uploads, locale, desk);
  import("./unsent-files.ts").then(
    (loaded) => {
      list = loaded;
      host.requestUpdate();
    },
    () => undefined, // tried again whenever something becomes of a file
  );
  return html`<p class="meta">${files.map(({ file }) => file.name).join(", ")}</p>`;
}

/** A message needs words; a file alone speaks for itself. */
export const wordsOrNames = (text: string, files: readonly Attachment[]): string =>
  text.trim() || files.map(({ name }) => name).join(", ");

/** Why a message cannot go yet; empty when it can. */
export function obstacleOf({ isBusy, hasProblem, results }: Uploads<Attachment>): string {
  if (isBusy) return msg("The files are still on their way.");
  return hasProblem || results.some(({ scan }) => scan === "infected")
    ? msg("Take out what could not be sent first.")
    : "";
}
