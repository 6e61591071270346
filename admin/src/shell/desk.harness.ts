import { ContextProvider } from "@lit/context";
import type { Comment, StaffSession, Ticket } from "@sidedesk/contract";
import { adoptTokens } from "@sidedesk/ui/page";
import {
  directoryContext,
  noticesContext,
  sessionContext,
  ticketListContext,
  toastsContext,
  viewsContext,
} from "./contexts.ts";
import { Directory } from "./directory.ts";
import { Notices } from "./notices.ts";
import { Session } from "./session.ts";
import { TicketList } from "./ticket-list.ts";
import { Toasts } from "./toasts.ts";
import { Views } from "./views.ts";

/*
 * For tests: the other end of the wire. Everything of ours is real; only what would leave the browser is answered here.
 */
export interface Call {
  method: string;
  path: string;
  search: URLSearchParams;
  body: Record<string, unknown>;
  headers: Headers;
}
type Answer = (call: Call) => Response | Promise<Response>;

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
export const problem = (
  status: number,
  code: string,
  extra: object = {},
  headers: Record<string, string> = {},
): Response =>
  json(
    { type: "about:blank", title: code, status, code, detail: `detail of ${code}`, requestId: "req-1", ...extra },
    status,
    headers,
  );

export function buildTicket(part: Partial<Ticket> = {}): Ticket {
  const id = part.id ?? "t1";
  return {
    id,
    number: `TKT-20261120-${id.toUpperCase().padStart(8, "0")}`,
    subject: `Subject of ${id}`,
    description: "It leaks.",
    descriptionHtml: "<p>It <strong>leaks</strong>.</p>",
    status: "open",
    priority: "medium",
    category: "general",
    tags: [],
    reference: null,
    fields: {},
    customer: { id: "c1", externalId: null, name: "Mara Lindqvist", email: "mara@example.com" },
    assignee: null,
    team: null,
    createdAt: new Date(Date.now() - 3_600_000).toISOString(),
    updatedAt: new Date(Date.now() - 60_000).toISOString(),
    slaDueAt: new Date(Date.now() + 82_800_000).toISOString(),
    slaState: "ok",
    firstRespondedAt: null,
    resolvedAt: null,
    closedAt: null,
    lastCustomerMessageAt: null,
    lastStaffMessageAt: null,
    commentCount: 0,
    attachments: [],
    rating: null,
    mergedInto: null,
    version: 1,
    ...part,
  };
}

export function buildComment(part: Partial<Comment> = {}): Comment {
  return {
    id: "m1",
    ticketId: "t1",
    author: { type: "customer", id: "c1", name: "Mara Lindqvist" },
    body: "Hello",
    html: "<p>Hello</p>",
    visibility: "public",
    attachments: [],
    createdAt: new Date().toISOString(),
    ...part,
  };
}

export const staffMember = (id: string, name: string) => ({
  id,
  name,
  email: `${id}@example.com`,
  role: "agent",
  disabled: false,
  away: false,
  invited: false,
  createdAt: new Date().toISOString(),
});

/** A desk whose answers a test decides. `start` signs somebody in and provides every context on one element. */
export class DeskHarness {
  readonly calls: Call[] = [];
  readonly root = document.createElement("div");
  session!: Session;
  directory!: Directory;
  tickets!: TicketList;
  toasts!: Toasts;
  views!: Views;
  readonly #answers = new Map<string, Answer>();
  readonly #fetch = globalThis.fetch;
  readonly #request = globalThis.XMLHttpRequest;

  constructor() {
    localStorage.clear();
    adoptTokens();
    globalThis.fetch = (input, init) => this.#answer(input as string, init ?? {});
    globalThis.XMLHttpRequest = uploadsTo((url, init) => this.#answer(url, init));
    this.on("POST /v1/staff/refresh", () => json(this.staffSession()));
    this.on("GET /v1/staff", () =>
      json({ data: [staffMember("s1", "Ife Adair"), staffMember("s2", "Jonas Whitlock")], nextCursor: null }),
    );
    this.on("GET /v1/support/categories", () =>
      json({
        data: [
          { key: "general", label: "General", fields: [] },
          { key: "billing", label: "Billing", fields: [] },
        ],
      }),
    );
    this.on("GET /v1/teams", () => json({ data: [], nextCursor: null }));
    this.on("GET /v1/views", () => json({ data: [], nextCursor: null }));
    this.on("GET /v1/support/tickets", () => json({ data: [], nextCursor: null }));
  }

  /** Answers calls of a method and path; the path may end in `*`. */
  on(what: string, answer: Answer): void {
    this.#answers.set(what, answer);
  }

  /** The calls made of a method and path. */
  of(what: string): Call[] {
    return this.calls.filter(({ method, path }) => `${method} ${path}` === what);
  }

  staffSession(role: "owner" | "agent" | "viewer" = "agent"): StaffSession {
    const sites = [{ slug: "demo", name: "Tarnside", role }];
    return {
      token: "token",
      expiresAt: new Date(Date.now() + 900_000).toISOString(),
      staff: { id: "s1", name: "Ife Adair", email: "ife@example.com", role, sites, totpEnabled: false },
    };
  }

  async start(): Promise<this> {
    this.session = new Session();
    this.session.live.connect = () => {}; // no socket here; its client has tests of its own
    this.directory = new Directory(this.session);
    this.tickets = new TicketList(this.session);
    this.toasts = new Toasts();
    this.views = new Views(this.session);
    new ContextProvider(this.root, { context: sessionContext, initialValue: this.session });
    new ContextProvider(this.root, { context: directoryContext, initialValue: this.directory });
    new ContextProvider(this.root, { context: ticketListContext, initialValue: this.tickets });
    new ContextProvider(this.root, { context: noticesContext, initialValue: new Notices(this.session) });
    new ContextProvider(this.root, { context: toastsContext, initialValue: this.toasts });
    new ContextProvider(this.root, { context: viewsContext, initialValue: this.views });
    this.root.style.setProperty("block-size", "800px");
    document.body.append(this.root);
    await this.session.start();
    if (this.session.state === "in") await this.directory.load();
    return this;
  }

  stop(): void {
    this.root.remove();
    globalThis.fetch = this.#fetch;
    globalThis.XMLHttpRequest = this.#request;
    localStorage.clear();
  }

  async #answer(url: string, init: RequestInit): Promise<Response> {
    const { pathname, searchParams } = new URL(url, location.origin);
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    const call: Call = {
      method: init.method ?? "GET",
      path: pathname,
      search: searchParams,
      body,
      headers: new Headers(init.headers),
    };
    this.calls.push(call);
    const exact = this.#answers.get(`${call.method} ${pathname}`);
    const some =
      exact ??
      [...this.#answers].find(
        ([what]) => what.endsWith("*") && `${call.method} ${pathname}`.startsWith(what.slice(0, -1)),
      )?.[1];
    return some ? some(call) : problem(404, "not_found");
  }
}

/** Files go up by XMLHttpRequest, which alone tells how far they are: here they are half-way at once, and up when answered. */
function uploadsTo(answer: (url: string, init: RequestInit) => Promise<Response>): typeof XMLHttpRequest {
  class Upload {
    upload: Partial<XMLHttpRequestUpload> = {};
    onload?: () => void;
    onerror?: () => void;
    onabort?: () => void;
    onloadend?: () => void;
    status = 0;
    statusText = "";
    responseText = "";
    readonly #headers = new Headers();
    #url = "";
    #answered: Headers | undefined;
    #isAborted = false;
    open(_method: string, url: string): void {
      this.#url = url;
    }
    setRequestHeader(name: string, value: string): void {
      this.#headers.set(name, value);
    }
    getResponseHeader(name: string): string | null {
      return this.#answered?.get(name) ?? null;
    }
    abort(): void {
      this.#isAborted = true;
      this.onabort?.();
      this.onloadend?.();
    }
    send(): void {
      const half = new ProgressEvent("progress", { lengthComputable: true, loaded: 1, total: 2 });
      this.upload.onprogress?.call(this as unknown as XMLHttpRequest, half);
      void answer(this.#url, { method: "POST", headers: this.#headers })
        .then(async (response) => {
          this.responseText = await response.text();
          this.status = response.status;
          this.#answered = response.headers;
          if (!this.#isAborted) this.onload?.();
        })
        .catch(() => this.onerror?.())
        .finally(() => this.onloadend?.());
    }
  }
  return Upload as unknown as typeof XMLHttpRequest;
}
