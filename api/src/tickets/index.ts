import "./ticket.payload.ts";
import { commentRoutes } from "./comment.routes.ts";
import { customerRoutes } from "./customer.routes.ts";
import { submissionRoutes } from "./submission.routes.ts";
import { loadRoutes } from "./staff-load.ts";
import { ticketRoutes as ownRoutes } from "./ticket.routes.ts";

export const ticketRoutes = [...ownRoutes, ...commentRoutes, ...submissionRoutes, ...customerRoutes, ...loadRoutes];
export { addComment } from "./add-comment.ts";
export { loadComment, type CommentDocument } from "./comment.model.ts";
export { authorKey, forgetAuthor } from "./forget-author.ts";
export { composeConversation, insertConversations, type PastEntry } from "./compose-conversation.ts";
export { composeTicket, type NewTicket, type Past } from "./compose-ticket.ts";
export { daySummary } from "./day-summary.ts";
export { addLink, linkTickets, removeLink, unlinkTickets } from "./link-tickets.ts";
export { moveTo, type TicketChange } from "./move-ticket.ts";
export { lastSaid, moveConversation, moveConversationBack, setFields } from "./move-conversation.ts";
export { changedSince, differenceOf, restoreTicket, type TicketDifference } from "./restore-ticket.ts";
export { countUpTo, selectTickets, type TicketSelection } from "./select-tickets.ts";
export { presentFor } from "./ticket.presenter.ts";
export { updateTicket } from "./update-ticket.ts";
export { createTicket, insertTickets, withFreshNumber } from "./create-ticket.ts";
export {
  changeTicket,
  findKnownIds,
  findLinked,
  findSignedTicket,
  findTakenNumbers,
  findTicket,
  findTicketItself,
  getTicket,
  loadTicket,
  priorityRank,
  isTicketNumber,
  type FieldValue,
  type TicketDocument,
} from "./ticket.model.ts";
export { ticketParams } from "./ticket.routes.ts";
export { categoryOf, checkFields } from "./ticket-fields.ts";
export { recalculateSome } from "./recalculate-clocks.ts";
export { clockActor, findDueClocks, tellClock } from "./tell-clock.ts";
export { safeHtml } from "./markdown.ts";
export { lastWords } from "./sla.ts";
export { maySubscribe, type TicketCaller } from "./ticket.policy.ts";
export { ticketReactions } from "./ticket.reactions.ts";
export { placeInTeam, writeChange } from "./write-change.ts";
export { countTickets, walkTickets } from "./walk-tickets.ts";
export { creationSpan, creationTimes, figureGroups, type FigureGroup } from "./figure-groups.ts";
export { customerStats } from "./ticket-stats.ts";
export { findSiteHistory, type HistoryDocument } from "./history.model.ts";
export { historyTypes, presentEvent } from "./ticket-history.ts";
export {
  countExpired,
  countOfCustomer,
  findExpired,
  findOfCustomer,
  removeTickets,
  removeTraces,
  withMerged,
  type Removable,
} from "./remove-tickets.ts";
