import type { Webhook, WebhookDelivery } from "@sidedesk/contract";

/* The desk's side of the wire for webhooks, for tests of their view and for the gallery. */

export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
export const buildHook = (part: Partial<Webhook> = {}): Webhook => ({
  id: "w1",
  url: "https://hooks.nettlebrook.example/desk",
  events: ["ticket.created", "comment.created"],
  description: "",
  schedule: [5, 30, 120, 600, 1800],
  state: "active",
  disabledReason: null,
  failingSince: null,
  lastSuccessAt: ago(2),
  lastFailureAt: null,
  heldCount: 0,
  oldSecretUntil: null,
  replay: null,
  createdAt: ago(5000),
  updatedAt: ago(5000),
  ...part,
});
export const buildAttempt = (status: number | null, at: string): WebhookDelivery["attempts"][number] => ({
  at,
  status,
  latencyMs: 112,
  error: status === null ? "No whole answer within 15 s." : status < 300 ? null : `Answered ${status}.`,
  class: status === null ? "timeout" : status < 300 ? "success" : "http",
  request: {
    method: "POST",
    url: "https://hooks.nettlebrook.example/desk",
    address: "203.0.113.7",
    headers: { "webhook-id": "e1", "webhook-timestamp": "1795169047" },
    body: '{"type":"ticket.created","data":{"number":"TKT-1"}}',
  },
  response:
    status === null ? null : { status, headers: { "retry-after": "600" }, body: "restarting", truncated: false },
});
export const buildDelivery = (id: string, part: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  id,
  webhookId: "w1",
  eventId: `event-${id}`,
  eventType: "ticket.created",
  state: "succeeded",
  attempts: [buildAttempt(200, ago(3))],
  nextAttemptAt: null,
  error: null,
  createdAt: ago(3),
  ...part,
});

interface Call {
  method: string;
  path: string;
  search: URLSearchParams;
  body: Record<string, unknown>;
}
export class WebhookEdge {
  hooks: Webhook[] = [];
  deliveries: WebhookDelivery[] = [];
  calls: Call[] = [];
  /** Answers that a test decides, by method and path. */
  refusals = new Map<string, { status: number; code: string; detail?: string; errors?: object[] }>();

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input as string, "https://desk.invalid");
    const [method, path] = [init.method ?? "GET", url.pathname.replace("/v1/webhooks", "") || "/"];
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    this.calls.push({ method, path, search: url.searchParams, body });
    const refusal = this.refusals.get(`${method} ${path}`);
    if (refusal)
      return json(
        { type: "about:blank", title: "", requestId: "r1", detail: refusal.code, ...refusal },
        refusal.status,
      );
    return this.#answer(method, path, url.searchParams, body);
  };

  #answer(method: string, path: string, search: URLSearchParams, body: Record<string, unknown>): Response {
    const [, id = "", act] = path.split("/");
    const hook = this.hooks.find((one) => one.id === id);
    if (path === "/event-types")
      return json({
        data: ["ticket.created", "comment.created", "ticket.rated"].map((name) => ({
          name,
          description: `About ${name}`,
          schema: {},
          example: {},
        })),
      });
    if (path === "/" && method === "GET") return json({ data: this.hooks, nextCursor: null });
    if (path === "/") {
      const made = buildHook({ id: "w9", ...body, lastSuccessAt: null });
      this.hooks = [made, ...this.hooks];
      return json({ ...made, secret: "whsec_c2VjcmV0" }, 201);
    }
    if (id === "deliveries") return json(buildDelivery(act!, { state: "pending", nextAttemptAt: ago(0) }), 202);
    if (!hook) return json({ code: "not_found", status: 404, title: "", detail: "gone", requestId: "r" }, 404);
    if (act === "figures")
      return json({
        since: ago(1440),
        hours: Array.from({ length: 24 }, (_, at) => ({ made: at, failed: at === 20 ? 1 : 0 })),
        medianMs: 118,
      });
    if (act === "deliveries") return this.#log(search);
    if (act === "rotate-secret") return json({ secret: "whsec_bmV3ZXI=" });
    if (act === "test") return json({ eventId: "e7" }, 202);
    if (act === "replay") {
      hook.replay = { since: String(body["since"]), done: 1, total: 3, finished: false };
      return json({ count: 3 }, 202);
    }
    if (method === "DELETE") {
      this.hooks = this.hooks.filter((one) => one !== hook);
      return new Response(null, { status: 204 });
    }
    const { active, ...rest } = body as { active?: boolean };
    if (method === "PATCH")
      Object.assign(hook, rest, active === undefined ? {} : { state: active ? "active" : "paused" });
    return json(hook);
  }

  #log(search: URLSearchParams): Response {
    const state = search.get("state");
    const fitting = this.deliveries.filter((one) => !state || one.state === state);
    const from = Number(search.get("cursor") ?? 0);
    const to = from + 2;
    return json({ data: fitting.slice(from, to), nextCursor: to < fitting.length ? String(to) : null });
  }

  of(method: string, path: string): Call[] {
    return this.calls.filter((call) => call.method === method && call.path === path);
  }
}
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });
