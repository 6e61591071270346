import type { Rating, RatingInput } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { mayRateAgain, ratingDays } from "@sidedesk/contract/rating-days";
import { transaction } from "../core/data/transaction.ts";
import { AppError } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { changeTicket, getTicket, type TicketDocument } from "../tickets/index.ts";

/** The customer whose ticket is rated, signed in or known by a mailed link. */
export interface Rater {
  siteId: string;
  customerId: string;
  name: string;
}

/** Whether a rating would be taken now: the ticket is solved, and was not rated too long ago. */
export const isRatable = ({ status, rating }: TicketDocument): boolean =>
  !isOpenStatus(status) && (!rating || mayRateAgain(rating.createdAt));

/**
 * Keeps what a customer thinks of how their ticket was solved. The seven days run from the first rating, so that they end.
 * @throws AppError 404, 409 not_resolved, 409 rating_closed
 */
export function rateTicket(rater: Rater, ref: string, { score, comment }: RatingInput): Promise<Rating> {
  const { siteId, customerId, name } = rater;
  return transaction(async () => {
    const ticket = await getTicket(siteId, ref, customerId);
    const { _id: ticketId, status, rating: before } = ticket;
    if (isOpenStatus(status)) throw new AppError("not_resolved", "This can be rated once it is solved.");
    if (!isRatable(ticket))
      throw new AppError("rating_closed", `A rating may be changed for ${ratingDays} days; then it stands.`);
    const now = new Date();
    const rating = { score, comment: comment || null, createdAt: before?.createdAt ?? now };
    if (before?.score === rating.score && before.comment === rating.comment) return presentRating(before);
    await changeTicket(ticket, { rating }, now);
    const actor = { kind: "customer", id: customerId, name } as const;
    await record(
      "ticket.rated",
      { siteId, actor },
      {
        ticketId,
        customerId,
        version: ticket.version + 1,
        before: before && { score: before.score },
        after: { score },
      },
    );
    return presentRating(rating);
  });
}

const presentRating = ({ score, comment, createdAt }: NonNullable<TicketDocument["rating"]>): Rating => ({
  score,
  comment,
  createdAt: createdAt.toISOString(),
});
