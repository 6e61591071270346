import { msg, str } from "@lit/localize";
import { ApiError, attachmentsApi, NetworkError, unsentFilesApi } from "@sidedesk/client";
import type { Attachment } from "@sidedesk/contract";
import type { ShownFile } from "@sidedesk/ui/file-views";
import { sizeWords } from "@sidedesk/ui/format";
import { percent } from "@sidedesk/ui/percent";
import { uploadsView } from "@sidedesk/ui/unsent-files";
import { type Upload, Uploads } from "@sidedesk/ui/uploads";
import type { ReactiveControllerHost } from "lit";
import type { Desk } from "../session/desk.ts";
import { errorWords } from "../session/words.ts";
import { stateWords } from "./files.ts";

const usualMost = 10 * 1024 * 1024;

export const newUploads = (host: ReactiveControllerHost, desk: () => Desk | null): Uploads<Attachment> =>
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

/** The files of a message that are on their way, up, or refused. */
export const unsentList = (uploads: Uploads<Attachment>, locale: string, desk: Desk | null): unknown =>
  uploadsView(uploads, {
    upload: (upload) => uploadWords(upload, locale, desk),
    retry: (name) => msg(str`Try again: ${name}`),
    remove: (name) => msg(str`Take out ${name}`),
  });

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
