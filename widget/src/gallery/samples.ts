import type { HistoryEntry } from "@sidedesk/contract";
import { at, buildComment, buildNotice, buildTicket, customer, type DeskEdge } from "./desk-edge.ts";
import { ago, buildAttempt, buildDelivery, buildHook } from "@sidedesk/webhook-view/edge";

const jonas = { id: "s1", name: "Jonas Weber" };
const hour = 60;

/** The request that stands open in the gallery. */
export const shownTicket = "t-gallery";

/** A customer who has asked a few things, and of whom much is known. */
export function fillDesk(edge: DeskEdge): void {
  edge.tickets = [
    buildTicket({
      id: shownTicket,
      subject: "Checkout page times out on phones",
      status: "waiting_customer",
      priority: "high",
      assignee: jonas,
      commentCount: 3,
      lastStaffMessageAt: at(12),
    }),
    buildTicket({
      subject: "Where is my parcel?",
      description: "It was to be here on Tuesday.",
      status: "in_progress",
      assignee: jonas,
      slaState: "warning",
    }),
    buildTicket({ subject: "The invoice of October names another company than ours", category: "billing" }),
    buildTicket({ subject: "Can I change the colour of my order?", status: "waiting_ai" }),
    buildTicket({
      subject: "Handle arrived broken",
      status: "resolved",
      resolvedAt: at(30 * hour),
      slaDueAt: null,
      rating: { score: 5, comment: null, createdAt: at(28 * hour) },
    }),
    buildTicket({ subject: "Newsletter", status: "closed", closedAt: at(60 * hour), slaDueAt: null }),
  ];
  edge.comments = [
    buildComment(shownTicket, { body: "Which phone is it, and which browser?", createdAt: at(80) }),
    buildComment(shownTicket, {
      author: { type: "customer", id: customer.id, name: customer.name },
      body: "An old one, with the browser it came with.",
      createdAt: at(40),
    }),
    buildComment(shownTicket, { body: "Thank you. Could you send us a picture of it?", createdAt: at(12) }),
  ];
  const done = (id: string, minutes: number, part: Pick<HistoryEntry, "type" | "actor" | "after">): HistoryEntry => ({
    id,
    before: null,
    createdAt: at(minutes),
    ...part,
  });
  edge.history = [
    done("h1", 90, {
      type: "ticket.created",
      actor: { kind: "customer", id: customer.id, name: customer.name },
      after: null,
    }),
    done("h2", 85, {
      type: "ticket.assigned",
      actor: { kind: "staff", ...jonas },
      after: { assigneeId: jonas.id, assigneeName: jonas.name },
    }),
  ];
  edge.notices = [
    buildNotice({ title: "New answer to “Checkout page times out on phones”", link: `ticket:${shownTicket}` }),
    buildNotice({
      type: "billing",
      title: "Your invoice for October is here",
      message: "It is due on 5 December.",
      createdAt: at(50),
    }),
    buildNotice({
      type: "alert",
      title: "Costs of this week are higher than usual",
      message: "42% above the last four weeks.",
      createdAt: at(3 * hour),
    }),
    buildNotice({
      type: "compliance",
      title: "New terms from January",
      message: "Read what changes for you.",
      read: true,
      createdAt: at(26 * hour),
    }),
    buildNotice({
      type: "info",
      title: "Parcels can be followed now",
      message: "In your account, under Orders.",
      read: true,
      createdAt: at(49 * hour),
    }),
  ];
  edge.webhooks.hooks = [
    buildHook({ description: "Our order system" }),
    buildHook({
      id: "w2",
      url: "https://erp.example/in",
      state: "disabled",
      disabledReason: "No answer for 48 hours.",
      heldCount: 12,
    }),
    buildHook({ id: "w3", url: "https://chat.example/desk", state: "paused" }),
  ];
  edge.webhooks.deliveries = [
    buildDelivery("d1"),
    buildDelivery("d2", {
      state: "failed",
      attempts: [buildAttempt(500, ago(20)), buildAttempt(null, ago(12))],
      error: "Given up.",
    }),
  ];
}

/** Somebody who has not asked anything yet: one request without an answer, so that there is one to open. */
export function emptyDesk(edge: DeskEdge, hasTicket: boolean): void {
  edge.tickets = hasTicket ? [buildTicket({ id: shownTicket, subject: "Just asked" })] : [];
}
