import type { Comment, CustomerSession, Notification, NotificationState, Ticket } from "@sidedesk/contract";

export interface DeskOptions {
  /** Address of the desk, without a slash at its end; empty for its own pages. */
  base: string;
  /** The site's public key. */
  siteKey: string;
  /** Cookies go along (the portal, on the desk's own origin). */
  credentials?: boolean;
  /** Where the page's owner put the worker for push; without it push is not offered. */
  pushWorker?: string | undefined;
  /** The worker's corner, where it is not the usual one. */
  pushScope?: string;
  fetch?: typeof fetch;
}

/** `anonymous` until somebody signs in; `starting` while that happens; `signed-out` when the session cannot be renewed. */
export type DeskState = "anonymous" | "starting" | "signed-in" | "signed-out";

/** Gets a new session; null when nobody is signed in any more. */
export type SessionSource = () => Promise<CustomerSession | null>;

export interface Typist {
  ticketId: string;
  author: { type: "customer" | "staff"; id: string; name: string };
}

/** What was done to notices: to those named, or to all (of a type). Done here, in another tab, or on another device. */
export interface NoticeChange extends Omit<NotificationState, "unreadCount"> {
  /** How many of them were unread (after `restore`: are unread again). */
  unread?: number;
  /** It is taken back: the desk refused it, or could not be reached. */
  isUndone?: boolean;
}

export interface DeskEvents {
  /** Anything that is shown may have changed. */
  change: undefined;
  /** Another person, or nobody: drop what was loaded. */
  person: undefined;
  /** Load again what is on screen: something may have been missed. */
  refetch: undefined;
  /** What was said on it moved: to another request, or here, or back. */
  merged: Ticket;
  ticket: Ticket;
  comment: Comment;
  notice: Notification;
  /** Show it in every list; each change comes once, and a second time when it is undone. */
  notices: NoticeChange;
  typing: Typist;
  unread: number;
  error: unknown;
}

/** The ticket a notice is about, if it is about one. */
export function ticketOf(notice: Notification): string | null {
  if (notice.link?.startsWith("ticket:")) return notice.link.slice(7);
  const id = notice.data["ticketId"];
  return typeof id === "string" ? id : null;
}
