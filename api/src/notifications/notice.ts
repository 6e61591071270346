import type { NoticeType } from "@sidedesk/contract";

/** A notice that somebody should get. Carries no text of any message: a notice may show on a locked screen. */
export interface Notice {
  to: { kind: "customer" | "staff"; id: string };
  type: NoticeType;
  title: string;
  message: string;
  link: string | null;
  data: Record<string, unknown>;
}
