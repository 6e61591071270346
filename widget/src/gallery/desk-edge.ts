import type {
  Comment,
  HistoryEntry,
  Notification,
  Preferences,
  PreferencesInput,
  Problem,
  PublicSite,
  Ticket,
} from "@sidedesk/contract";
import { NoticeEdge } from "./notice-edge.ts";
import { WebhookEdge } from "@sidedesk/webhook-view/edge";

/*
 * The far end of the network, for tests of single elements and for the gallery: answers what the contract says the API
 * answers, from arrays that are filled before. Only `fetch` is replaced; all of our own code runs. Whole stories use the
 * real API (main-job.test.ts).
 */
export interface Call {
  method: string;
  path: string;
  body: Record<string, unknown> | null;
  key: string | null;
}
export type Answer = { status: number; body?: unknown };

let made = 0;
export const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();
export const customer = { id: "c1", externalId: "mara", name: "Mara Lindqvist", email: "mara@example.com" };

export function buildTicket(part: Partial<Ticket> = {}): Ticket {
  made += 1;
  return {
    id: `t${made}`,
    number: `TKT-20261120-AAAA${String(made).padStart(4, "0")}`,
    subject: `Request ${made}`,
    description: "The checkout hangs on phones.",
    descriptionHtml: "<p>The checkout hangs on phones.</p>",
    status: "open",
    priority: "medium",
    category: "general",
    tags: [],
    reference: null,
    fields: {},
    customer,
    assignee: null,
    team: null,
    createdAt: at(90),
    updatedAt: at(60 + made),
    slaDueAt: at(-120),
    slaState: "ok",
    firstRespondedAt: null,
    resolvedAt: null,
    closedAt: null,
    lastCustomerMessageAt: at(90),
    lastStaffMessageAt: null,
    commentCount: 0,
    attachments: [],
    rating: null,
    mergedInto: null,
    version: 1,
    ...part,
  };
}

export function buildComment(ticketId: string, part: Partial<Comment> = {}): Comment {
  made += 1;
  const body = part.body ?? "Which phone is it?";
  return {
    id: `m${made}`,
    ticketId,
    author: { type: "staff", id: "s1", name: "Jonas Weber" },
    body,
    html: `<p>${body}</p>`,
    visibility: "public",
    attachments: [],
    createdAt: new Date().toISOString(),
    ...part,
  };
}

export function buildNotice(part: Partial<Notification> = {}): Notification {
  made += 1;
  return {
    id: `n${made}`,
    type: "ticket",
    title: "Jonas answered",
    message: "A request",
    link: null,
    data: {},
    read: false,
    createdAt: at(5),
    ...part,
  };
}

const ways = () => ({ inApp: true, email: true, push: true });
export const buildPreferences = (part: Partial<Preferences> = {}): Preferences => ({
  types: { ticket: ways(), billing: ways(), compliance: ways(), alert: ways(), info: { ...ways(), email: false } },
  digest: "off",
  locale: "en",
  timezone: "Europe/Berlin",
  ...part,
});

const tarnside: PublicSite = {
  name: "Tarnside",
  slug: "demo",
  locale: "en",
  timezone: "UTC",
  theme: {},
  categories: [
    { key: "general", label: "General", fields: [] },
    {
      key: "billing",
      label: "Billing",
      fields: [
        { key: "invoice", label: "Invoice number", type: "text", required: true },
        { key: "amount", label: "Amount", type: "number", required: false },
        { key: "plan", label: "Plan", type: "choice", required: true, options: ["Small", "Large"] },
        { key: "paid", label: "Already paid", type: "checkbox", required: false },
        { key: "since", label: "Since when", type: "date", required: false },
      ],
    },
  ],
  portal: {},
  sla: { critical: 60, high: 240, medium: 1440, low: 2880 },
  uploads: { types: ["png", "pdf"], maxBytes: 10 * 1024 * 1024 },
  vapidPublicKey: `B${"A".repeat(86)}`,
};

export const problem = (status: number, code: Problem["code"], part: Partial<Problem> = {}): Answer => ({
  status,
  body: {
    type: `/docs/errors#${code}`,
    title: code,
    status,
    code,
    detail: `Detail of ${code}.`,
    requestId: "4f1c-9a20",
    ...part,
  },
});

export class DeskEdge {
  tickets: Ticket[] = [];
  comments: Comment[] = [];
  history: HistoryEntry[] = [];
  calls: Call[] = [];
  isReachable = true;
  /** Seconds a session lasts. */
  sessionSeconds = 900;
  /** How far the desk's clock is ahead of this device's, in milliseconds. */
  ahead = 0;
  sessions = 0;
  /** Who is let in. */
  customer = customer;
  /** Answers of one's own, by "METHOD /path", or "*" for all; a function decides at each call, undefined leaves it to the desk. */
  answers = new Map<string, (call: Call) => Answer | undefined | Promise<Answer | undefined>>();
  preferences: Preferences = buildPreferences();
  site: PublicSite = { ...tarnside };
  readonly webhooks = new WebhookEdge();
  readonly noticeEdge = new NoticeEdge();
  #kept = new Map<string, Answer>();

  get notices(): Notification[] {
    return this.noticeEdge.all;
  }
  set notices(all: Notification[]) {
    this.noticeEdge.all = all;
  }

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    if (!this.isReachable) throw new TypeError("Failed to fetch");
    const url = new URL(input instanceof Request ? input.url : String(input), "https://desk.invalid");
    const headers = new Headers(init.headers);
    const call: Call = {
      method: init.method ?? "GET",
      path: url.pathname + url.search,
      body: typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : null,
      key: headers.get("idempotency-key"),
    };
    this.calls.push(call);
    const own = await (this.answers.get(`${call.method} ${url.pathname}`) ?? this.answers.get("*"))?.(call);
    if (!own && url.pathname.startsWith("/v1/webhooks")) return this.webhooks.fetch(url, init);
    const kept = call.key === null ? undefined : this.#kept.get(call.key);
    const answer = own ?? kept ?? this.#answer(call, url);
    if (call.key !== null && answer.status < 400) this.#kept.set(call.key, answer);
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status,
      headers: { "content-type": "application/json", date: new Date(Date.now() + this.ahead).toUTCString() },
    });
  };

  /** How often something was called. */
  count(method: string, path: RegExp): number {
    return this.calls.filter((call) => call.method === method && path.test(call.path)).length;
  }

  #answer(call: Call, url: URL): Answer {
    const [, , first, second, id, third] = url.pathname.split("/");
    if (first === "site") return { status: 200, body: this.site };
    if (first === "sessions" || first === "portal") return second === "logout" ? { status: 204 } : this.#begin();
    if (first === "notifications" && second === "preferences") return this.#prefer(call);
    if (first === "notifications") return this.noticeEdge.answer(call, url);
    if (second === "submissions")
      return {
        status: 201,
        body: { number: "TKT-20261120-PUBL0001", status: "open", createdAt: at(0), slaDueAt: at(-1440) },
      };
    if (id === "stats") return { status: 200, body: this.#stats() };
    const ticket = this.tickets.find((one) => one.id === id || one.number === id);
    if (second === "tickets" && !id) return call.method === "POST" ? this.#create(call) : this.#list(url);
    if (!ticket) return problem(404, "not_found");
    if (third === "comments" && call.method === "POST") {
      const comment = buildComment(ticket.id, {
        body: String(call.body?.["body"]),
        author: { type: "customer", id: customer.id, name: customer.name },
      });
      this.comments.push(comment);
      return { status: 201, body: comment };
    }
    if (third === "comments") return this.#conversation(ticket.id, url.searchParams);
    if (third === "rating") {
      ticket.rating = {
        score: Number(call.body?.["score"]),
        comment: (call.body?.["comment"] as string | undefined) ?? null,
        createdAt: ticket.rating?.createdAt ?? at(0),
      };
      return { status: 201, body: ticket.rating };
    }
    if (third === "history") return { status: 200, body: { data: this.history, nextCursor: null } };
    if (call.method === "PATCH") Object.assign(ticket, call.body, { version: ticket.version + 1 });
    return { status: 200, body: ticket };
  }

  #begin(): Answer {
    this.sessions += 1;
    const expiresAt = new Date(Date.now() + this.ahead + this.sessionSeconds * 1000).toISOString();
    return { status: 200, body: { token: `session-${this.sessions}`, expiresAt, customer: this.customer } };
  }

  #prefer({ method, body }: Call): Answer {
    if (method === "PUT") {
      const { types = {}, quietHours, ...rest } = body as PreferencesInput;
      for (const [type, ways] of Object.entries(types)) Object.assign(this.preferences.types[type as "ticket"], ways);
      if (quietHours === null) delete this.preferences.quietHours;
      else if (quietHours)
        this.preferences.quietHours = { ...quietHours, exceptCritical: quietHours.exceptCritical ?? true };
      Object.assign(this.preferences, rest);
    }
    return { status: 200, body: this.preferences };
  }

  /** Pages in either direction; the cursor is how many were shown. */
  #conversation(ticketId: string, asked: URLSearchParams): Answer {
    const all = this.comments.filter((comment) => comment.ticketId === ticketId);
    if (asked.get("sort") === "-createdAt") all.reverse();
    const from = Number(asked.get("cursor") ?? 0);
    const to = from + Number(asked.get("limit") ?? 50);
    return { status: 200, body: { data: all.slice(from, to), nextCursor: to < all.length ? String(to) : null } };
  }

  #stats() {
    const count = (...wanted: Ticket["status"][]): number =>
      this.tickets.filter(({ status }) => wanted.includes(status)).length;
    const resolved = count("resolved", "closed");
    const total = this.tickets.length;
    return { total, open: total - resolved, waitingForMe: count("waiting_customer"), resolved };
  }

  #create(call: Call): Answer {
    const ticket = buildTicket({
      subject: String(call.body?.["subject"]),
      description: String(call.body?.["description"]),
    });
    this.tickets.push(ticket);
    return { status: 201, body: ticket };
  }

  #list(url: URL): Answer {
    const status = url.searchParams.get("status")?.split(",");
    const words = url.searchParams.get("q")?.toLowerCase();
    const data = this.tickets
      .filter(
        (ticket) =>
          (!status || status.includes(ticket.status)) && (!words || ticket.subject.toLowerCase().includes(words)),
      )
      .sort((one, other) => {
        const sort = url.searchParams.get("sort");
        if (sort === "slaDueAt") return (one.slaDueAt ?? "9").localeCompare(other.slaDueAt ?? "9");
        return sort === "-createdAt"
          ? other.createdAt.localeCompare(one.createdAt)
          : other.updatedAt.localeCompare(one.updatedAt);
      });
    return { status: 200, body: { data, nextCursor: null } };
  }
}
