import { ticketsApi } from "@sidedesk/client";
import type { Desk } from "./desk.ts";
import { Outbox, type Deliver, type Letter } from "./outbox.ts";

const boxes = new WeakMap<Desk, Outbox>();

/** The outbox of a desk: made at first use, then kept for as long as the page lives. */
export function outboxOf(desk: Desk): Outbox {
  const present = boxes.get(desk);
  if (present) return present;
  const deliver = ((letter: Letter) => {
    const call = { idempotencyKey: letter.key };
    if (letter.kind === "comment") {
      const { ticketId, ...comment } = (letter as Letter<"comment">).input;
      return ticketsApi(desk.http).comment(ticketId, comment, call);
    }
    if (letter.kind === "ticket") return ticketsApi(desk.http).create((letter as Letter<"ticket">).input, call);
    return ticketsApi(desk.publicHttp).submit((letter as Letter<"submission">).input, call);
  }) as Deliver;
  const box = new Outbox(deliver, () => desk.drafts);
  boxes.set(desk, box);
  box.restore();
  desk.on("person", () => {
    box.empty();
    box.restore();
  });
  let wasOnline = desk.liveState === "online";
  desk.on("change", () => {
    const online = desk.isSignedIn && desk.liveState === "online";
    if (online && !wasOnline) box.flush();
    wasOnline = online;
  });
  addEventListener("online", () => box.flush());
  return box;
}
