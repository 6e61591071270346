import type { NoticeType } from "@sidedesk/contract";
import type { NoticeVoice } from "./say-notice.ts";

export interface NoticeText {
  title: string;
  message: string;
}

/** A notice that somebody should get. Carries no text of any message unless the site says so: it may show on a locked screen. */
export interface Notice extends NoticeText {
  to: { kind: "customer" | "staff"; id: string };
  type: NoticeType;
  link: string | null;
  data: Record<string, unknown>;
  /** About a critical ticket. */
  isCritical?: true;
}

/** The same before it is known in which language its reader reads. */
export interface UnsaidNotice extends Omit<Notice, keyof NoticeText> {
  say: (voice: NoticeVoice) => NoticeText;
}
