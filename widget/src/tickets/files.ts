import { msg, str } from "@lit/localize";
import { ApiError, attachmentsApi, NetworkError, unsentFilesApi } from "@sidedesk/client";
import type { Attachment } from "@sidedesk/contract";
import type { FileWords, ShownFile } from "@sidedesk/ui/file-views";
import { percent, sizeWords } from "@sidedesk/ui/format";
import { Uploads, type FileKeep, type KeptFile, type Upload } from "@sidedesk/ui/uploads";
import type { ReactiveControllerHost } from "lit";
import type { Desk } from "../session/desk.ts";
import type { Drafts } from "../session/drafts.ts";
import { errorWords } from "../session/words.ts";

const usualMost = 10 * 1024 * 1024;

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
export const fileWords = (locale: string, desk: Desk | null): FileWords => ({
  attach: msg("Attach files"),
  state: (file) => stateWords(file, locale),
  upload: (upload) => uploadWords(upload, locale, desk),
  retry: (name) => msg(str`Try again: ${name}`),
  remove: (name) => msg(str`Take out ${name}`),
});

function stateWords({ scan, size }: ShownFile, locale: string): string {
  const bytes = sizeWords(size, locale);
  if (scan === "infected") return msg("Had a virus in it and was removed");
  if (scan === "pending") return msg(str`${bytes}, being checked for viruses`);
  return scan === "clean" ? msg(str`${bytes}, checked for viruses`) : bytes;
}

function uploadWords(
  { state, share, file, reason, error, result }: Upload<ShownFile>,
  locale: string,
  desk: Desk | null,
): string {
  if (result) return stateWords(result, locale);
  if (state === "sending") return share < 1 ? percent(share, locale) : msg("Being checked for viruses");
  const most = sizeWords(desk?.site?.uploads?.maxBytes ?? usualMost, locale);
  if (reason === "size") return msg(str`${sizeWords(file.size, locale)}. Files may be up to ${most}.`);
  if (reason === "count") return msg("Up to 5 files in one message.");
  if (reason === "empty") return msg("This file is empty.");
  if (reason === "gone") return msg("No longer here: files wait one day to be sent. Please choose it again.");
  if (error instanceof ApiError && error.status === 415) return msg("This kind of file cannot be sent.");
  if (error instanceof ApiError && error.status === 422) return msg("This file is damaged.");
  return errorWords(error);
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
