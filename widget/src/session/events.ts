import type { Silent } from "@sidedesk/client";
import type { Submission, Ticket } from "@sidedesk/contract";

/** What elements say to the page: they bubble, cross shadow roots, and may be prevented where that makes sense. */
export interface SidedeskEvents {
  ready: undefined;
  open: { view: string };
  close: undefined;
  unread: { count: number };
  "ticket-created": { number: string; id?: string };
  error: { code: string; message: string };
  /** A request was chosen; prevented, the desk does not open it. */
  "ticket-select": { id: string };
  /** Go to another view: `home`, `tickets`, `new`, `ticket:<id>`, `notifications`. */
  navigate: { view: string };
  /** All updates are wanted; prevented, they are shown elsewhere. */
  "see-all": undefined;
  back: undefined;
  dismiss: undefined;
}
declare global {
  interface GlobalEventHandlersEventMap {
    "sidedesk-ready": CustomEvent<SidedeskEvents["ready"]>;
    "sidedesk-open": CustomEvent<SidedeskEvents["open"]>;
    "sidedesk-close": CustomEvent<SidedeskEvents["close"]>;
    "sidedesk-unread": CustomEvent<SidedeskEvents["unread"]>;
    "sidedesk-ticket-created": CustomEvent<SidedeskEvents["ticket-created"]>;
    "sidedesk-error": CustomEvent<SidedeskEvents["error"]>;
    "sidedesk-ticket-select": CustomEvent<SidedeskEvents["ticket-select"]>;
    "sidedesk-navigate": CustomEvent<SidedeskEvents["navigate"]>;
    "sidedesk-see-all": CustomEvent<SidedeskEvents["see-all"]>;
    "sidedesk-back": CustomEvent<SidedeskEvents["back"]>;
    "sidedesk-dismiss": CustomEvent<SidedeskEvents["dismiss"]>;
  }
}

/** Dispatches `sidedesk-<name>`; false when somebody prevented it. */
export function announce(from: EventTarget, name: Silent<SidedeskEvents>): boolean;
export function announce<Name extends keyof SidedeskEvents>(
  from: EventTarget,
  name: Name,
  detail: SidedeskEvents[Name],
): boolean;
export function announce(from: EventTarget, name: keyof SidedeskEvents, detail?: unknown): boolean {
  return from.dispatchEvent(
    new CustomEvent(`sidedesk-${name}`, { bubbles: true, composed: true, cancelable: true, detail }),
  );
}

export type Created = Ticket | Submission;
