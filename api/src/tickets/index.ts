import { commentRoutes } from "./comment.routes.ts";
import { submissionRoutes } from "./submission.routes.ts";
import { ticketRoutes as ownRoutes } from "./ticket.routes.ts";

export const ticketRoutes = [...ownRoutes, ...commentRoutes, ...submissionRoutes];
export { loadComment, type CommentDocument } from "./comment.model.ts";
export { composeTicket, type NewTicket, type Past } from "./compose-ticket.ts";
export { insertTickets, withFreshNumber } from "./create-ticket.ts";
export { findTakenNumbers, findTicket, loadTicket, isTicketNumber, type TicketDocument } from "./ticket.model.ts";
export { categoryOf, checkFields } from "./ticket-fields.ts";
export { maySubscribe } from "./ticket.policy.ts";
export { ticketReactions } from "./ticket.reactions.ts";
