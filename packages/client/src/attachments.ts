import type { Attachment } from "@sidedesk/contract";
import { ApiError } from "./errors/api-error.ts";
import { at, type CallOptions, type Http } from "./http.ts";

/** Files, to be named in a ticket or comment within a day. */
export const attachmentsApi = (http: Http) => ({
  upload: (file: File, call: CallOptions & { onProgress?: (share: number) => void } = {}) => {
    const { onProgress, ...rest } = call;
    return http<Attachment>("POST", "/v1/support/attachments", { ...rest, upload: { file, onProgress } });
  },
});

/** What became of files that were sent in and not named yet, for drafts that come back to them. */
export const unsentFilesApi = (http: Http) => ({
  /** `open` when its bytes may be read, null when it is no longer there. */
  state: async (id: string, call?: CallOptions): Promise<"open" | "pending" | "infected" | null> => {
    try {
      await http<Response>("HEAD", `/v1/support/attachments/${at(id)}`, { ...call, asStream: true });
      return "open";
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404) return null;
      if (error.status === 409) return "pending";
      if (error.status === 422) return "infected";
      throw error;
    }
  },
});
