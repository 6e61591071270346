import type { ExportQuery, Ticket } from "@sidedesk/contract";
import { beyond } from "../core/data/page.ts";
import { presentRows } from "./list-tickets.ts";
import { matchOf } from "./search-filter.ts";
import { termsOf } from "./search-words.ts";
import { filterOf, type TicketFilter } from "./ticket-filter.ts";
import { rowFields, tickets, type TicketDocument } from "./ticket.model.ts";
import type { TicketCaller } from "./ticket.policy.ts";

/** As many tickets as are held at a time, twice: what is being sent and what is read meanwhile. */
const batchSize = 200;

/**
 * Every ticket that fits the list's filters, by the batch, in an order that no change to a ticket moves it in. Each batch
 * begins strictly after the last ticket of the one before: what is changed meanwhile comes once, as it is then.
 */
export async function* walkTickets(caller: TicketCaller, query: ExportQuery): AsyncGenerator<Ticket[]> {
  const filter = await exportFilter(caller, query);
  const next = (last: TicketDocument | undefined) => readBatch(filter, query.sort ?? "-createdAt", last);
  let ahead: Promise<TicketDocument[]> | undefined = next(undefined);
  try {
    while (ahead) {
      const rows: TicketDocument[] = await ahead;
      ahead = rows.length < batchSize ? undefined : next(rows.at(-1));
      if (rows.length > 0) yield await presentRows(rows, caller);
    }
  } finally {
    // Whoever asked has gone; what was asked ahead for them must not end as nobody's error.
    ahead?.catch(() => undefined);
  }
}

/** How many there are now. */
export const countTickets = async (caller: TicketCaller, query: ExportQuery): Promise<number> =>
  tickets().countDocuments(await exportFilter(caller, query));

async function exportFilter(caller: TicketCaller, query: ExportQuery): Promise<TicketFilter> {
  const filter = await filterOf(caller, query);
  return query.q === undefined ? filter : { $and: [filter, matchOf(termsOf(query.q), caller)] };
}

function readBatch(
  filter: TicketFilter,
  sort: NonNullable<ExportQuery["sort"]>,
  last: TicketDocument | undefined,
): Promise<TicketDocument[]> {
  const direction = sort.startsWith("-") ? -1 : 1;
  const byNumber = sort.endsWith("number");
  const after: TicketFilter = !last
    ? {}
    : byNumber
      ? { number: { [direction === 1 ? "$gt" : "$lt"]: last.number } }
      : beyond("createdAt", direction, { value: last.createdAt, id: last._id });
  return tickets()
    .find({ $and: [filter, after] }, { projection: rowFields, batchSize })
    .sort(byNumber ? { number: direction } : { createdAt: direction, _id: direction })
    .limit(batchSize)
    .toArray();
}
