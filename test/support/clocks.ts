import { tickets } from "../../api/src/tickets/ticket.model.ts";

/** Moves a ticket's life back, as if that many minutes had passed: nothing waits in a test, and no clock is replaced. */
export async function letPass(ticketIds: readonly string[], minutes: number): Promise<void> {
  const times = [
    "createdAt",
    "slaDueAt",
    "slaWarnAt",
    "slaSort",
    "slaCheckAt",
    "slaPausedAt",
    "slaWarnedAt",
    "slaBreachedAt",
    "firstRespondedAt",
    "resolvedAt",
    "closedAt",
  ];
  const earlier = (field: string) => ({
    $cond: [{ $isNumber: { $toLong: `$${field}` } }, { $subtract: [`$${field}`, minutes * 60_000] }, `$${field}`],
  });
  await tickets().updateMany({ _id: { $in: [...ticketIds] } }, [
    { $set: Object.fromEntries(times.map((field) => [field, earlier(field)])) },
  ]);
}
