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
    const api = ticketsApi(desk.http);
    if (letter.kind === "comment") {
      const { ticketId, ...comment } = (letter as Letter<"comment">).input;
      return api.comment(ticketId, comment, call);
    }
    if (letter.kind === "rating") {
      const { ticketId, ...rating } = (letter as Letter<"rating">).input;
      return api.rate(ticketId, rating, call);
    }
    if (letter.kind === "ticket") return api.create((letter as Letter<"ticket">).input, call);
    return ticketsApi(desk.publicHttp).submit((letter as Letter<"submission">).input, call);
  }) as Deliver;
  const box = new Outbox(deliver, () => desk.drafts);
  boxes.set(desk, box);
  // Sent is sent, whether or not the form is still there that it was written in.
  box.on("sent", ({ letter }) => {
    if (desk.drafts.get<{ key: string }>("form")?.key !== letter.key) return;
    for (const name of ["form", "files:form"]) desk.drafts.set(name, null);
  });
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
