import type { Attachment } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";

/** Files, to be named in a ticket or comment within a day. */
export const attachmentsApi = (http: Http) => ({
  upload: (file: File, call: CallOptions & { onProgress?: (share: number) => void } = {}) => {
    const { onProgress, ...rest } = call;
    return http<Attachment>("POST", "/v1/support/attachments", { ...rest, upload: { file, onProgress } });
  },
});
