import type { HistoryEntry } from "@sidedesk/contract";
import { at, buildComment, buildNotice, buildTicket, customer, type DeskEdge } from "./desk-edge.ts";
import { type SampleWords, sampleWords } from "./sample-words.ts";
import { ago, buildAttempt, buildDelivery, buildHook } from "@sidedesk/webhook-view/edge";

const hour = 60;

/** The request that stands open in the gallery. */
export const shownTicket = "t-gallery";

/** A customer who has asked a few things, and of whom much is known. */
export function fillDesk(edge: DeskEdge, language = "en"): void {
  const words = sampleWords(language);
  const jonas = { id: "s1", name: words.staff };
  const [checkout, parcel, invoice, colour, handle, newsletter] = words.subjects;
  const { description } = words;
  nameTopics(edge, words);
  edge.tickets = [
    buildTicket({
      id: shownTicket,
      subject: checkout,
      status: "waiting_customer",
      priority: "high",
      assignee: jonas,
      commentCount: 3,
      lastStaffMessageAt: at(12),
    }),
    buildTicket({
      subject: parcel,
      status: "in_progress",
      assignee: jonas,
      slaState: "warning",
    }),
    buildTicket({ subject: invoice, category: "billing" }),
    buildTicket({ subject: colour, status: "waiting_ai" }),
    buildTicket({
      subject: handle,
      status: "resolved",
      resolvedAt: at(30 * hour),
      slaDueAt: null,
      rating: { score: 5, comment: null, createdAt: at(28 * hour) },
    }),
    buildTicket({ subject: newsletter, status: "closed", closedAt: at(60 * hour), slaDueAt: null }),
  ].map((ticket) => ({ ...ticket, description, descriptionHtml: `<p>${description}</p>` }));
  const author = { type: "staff", ...jonas } as const;
  edge.comments = [
    buildComment(shownTicket, { author, body: words.talk[0], createdAt: at(80) }),
    buildComment(shownTicket, {
      author: { type: "customer", id: customer.id, name: customer.name },
      body: words.talk[1],
      createdAt: at(40),
    }),
    buildComment(shownTicket, { author, body: words.talk[2], createdAt: at(12) }),
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
  const kinds = ["billing", "alert", "compliance", "info"] as const;
  const ages = [50, 3 * hour, 26 * hour, 49 * hour];
  edge.notices = [
    buildNotice({ title: words.answered, message: words.answeredText, link: `ticket:${shownTicket}` }),
    ...words.notices.map(([title, message], index) =>
      buildNotice({ type: kinds[index]!, title, message, read: index > 1, createdAt: at(ages[index]!) }),
    ),
  ];
  edge.webhooks.hooks = [
    buildHook({ description: words.system }),
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
export function emptyDesk(edge: DeskEdge, hasTicket: boolean, language = "en"): void {
  const words = sampleWords(language);
  nameTopics(edge, words);
  const { justAsked: subject, description } = words;
  const told = { description, descriptionHtml: `<p>${description}</p>` };
  edge.tickets = hasTicket ? [buildTicket({ id: shownTicket, subject, ...told })] : [];
}

function nameTopics(edge: DeskEdge, { general, billing }: SampleWords): void {
  const { categories } = edge.site;
  edge.site.categories = categories.map((topic) => ({ ...topic, label: topic.key === "billing" ? billing : general }));
}
