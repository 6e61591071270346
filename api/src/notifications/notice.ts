import type { NoticeType } from "@sidedesk/contract";

/** A notice that somebody should get. Carries no text of any message unless the site says so: it may show on a locked screen. */
export interface Notice {
  to: { kind: "customer" | "staff"; id: string };
  type: NoticeType;
  title: string;
  message: string;
  link: string | null;
  data: Record<string, unknown>;
  /** About a critical ticket. */
  isCritical?: true;
}
