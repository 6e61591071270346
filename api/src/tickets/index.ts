import { commentRoutes } from "./comment.routes.ts";
import { customerRoutes } from "./customer.routes.ts";
import { submissionRoutes } from "./submission.routes.ts";
import { loadRoutes } from "./staff-load.ts";
import { ticketRoutes as ownRoutes } from "./ticket.routes.ts";

export const ticketRoutes = [...ownRoutes, ...commentRoutes, ...submissionRoutes, ...customerRoutes, ...loadRoutes];
export { loadComment, type CommentDocument } from "./comment.model.ts";
export { composeTicket, type NewTicket, type Past } from "./compose-ticket.ts";
export { insertTickets, withFreshNumber } from "./create-ticket.ts";
export {
  changeTicket,
  findTakenNumbers,
  findTicket,
  getTicket,
  loadTicket,
  isTicketNumber,
  type FieldValue,
  type TicketDocument,
} from "./ticket.model.ts";
export { ticketParams } from "./ticket.routes.ts";
export { categoryOf, checkFields } from "./ticket-fields.ts";
export { clockFields, slaTimes } from "./sla.ts";
export { maySubscribe, type TicketCaller } from "./ticket.policy.ts";
export { ticketReactions } from "./ticket.reactions.ts";
export { factsChange, placeInTeam, writeChange } from "./write-change.ts";
export { countTickets, walkTickets } from "./walk-tickets.ts";
