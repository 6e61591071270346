import type { Ticket } from "@sidedesk/contract";
import { Selection } from "@sidedesk/ui/selection";

/** As many as one bulk change by id takes. */
export const mostSelected = 500;

/** Which rows of the queue are ticked. */
export type TicketSelection = Selection<Ticket>;
export const ticketSelection = (): TicketSelection => new Selection(mostSelected);
