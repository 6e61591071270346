import { deliverBy, Outbox } from "@sidedesk/client/outbox";
import { randomId } from "@sidedesk/ui/random-id";
import type { Desk } from "./desk.ts";

const boxes = new WeakMap<Desk, Outbox>();

/** The outbox of a desk: made at first use, then kept for as long as the page lives. */
export function outboxOf(desk: Desk): Outbox {
  const present = boxes.get(desk);
  if (present) return present;
  const box = new Outbox(deliverBy(desk.http, desk.publicHttp), () => desk.drafts, randomId);
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
