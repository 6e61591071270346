import { ApiError, createClient, serverNow, type Client } from "@sidedesk/client";
import { LiveClient } from "@sidedesk/client/live";
import type { Role, StaffMe, StaffSession } from "@sidedesk/contract";
import { keepTimeBy } from "@sidedesk/ui/clock";
import { exclusively, spendOnce } from "@sidedesk/ui/spend-once";
import { pushOf } from "./push.ts";
import { Store } from "./store.ts";

export type SessionState = "starting" | "in" | "out" | "unreachable";

keepTimeBy(serverNow);

const siteKept = "sidedesk-console-site";

/**
 * Who is signed in, on which site, and the two ways to the desk: HTTP and live. The access token lives in this object
 * alone; a reload gets a new one by the HttpOnly cookie.
 */
export class Session extends Store {
  state: SessionState = "starting";
  /** Signed out because the session ended, not because somebody asked for it. */
  expired = false;
  staff: StaffMe | null = null;
  readonly client: Client;
  readonly live: LiveClient;

  #current: StaffSession | null = null;
  #refreshing: Promise<StaffSession | null> | null = null;
  #slug: string | null = null;
  readonly #tabs = new BroadcastChannel("sidedesk-console");

  constructor(base = "") {
    super();
    this.client = createClient({
      base,
      site: () => this.slug,
      getToken: (how) => this.token(how),
      onUnauthenticated: () => this.#leave(true),
      credentials: true,
    });
    this.live = new LiveClient({
      base,
      site: () => this.slug,
      getToken: (how) => this.token(how),
      expiresAt: () => this.#current?.expiresAt,
      share: () => `sidedesk-staff1 ${base || location.origin} ${this.#slug} ${this.staff?.id}`,
    });
    this.live.onState(() => this.changed());
    this.#tabs.addEventListener("message", () => this.#leave(false));
  }

  /** The site that is looked at. */
  get slug(): string | null {
    return this.#slug;
  }
  get siteName(): string {
    return this.staff?.sites.find((site) => site.slug === this.#slug)?.name ?? "";
  }
  get role(): Role {
    return this.staff?.sites.find((site) => site.slug === this.#slug)?.role ?? this.staff?.role ?? "viewer";
  }
  get canWrite(): boolean {
    return this.role !== "viewer";
  }
  get canSetUp(): boolean {
    return this.role === "owner" || this.role === "admin";
  }

  /** Finds out whether a cookie from before still opens a session. */
  async start(): Promise<void> {
    this.state = "starting";
    this.changed();
    try {
      if (!(await this.#refresh())) this.#leave(false);
    } catch {
      this.state = "unreachable"; // not signed out: we simply do not know
      this.changed();
    }
  }

  async login(email: string, password: string, code?: string): Promise<void> {
    this.#enter(await this.client.staff.login(code ? { email, password, code } : { email, password }));
  }

  async logout(): Promise<void> {
    // What somebody is told is shown to nobody who comes after them.
    await pushOf(this)
      .turnOff()
      .catch(() => {});
    await exclusively("sidedesk-refresh", () => this.client.staff.logout()).catch(() => {});
    this.#tabs.postMessage("out");
    this.#leave(false);
  }

  useSite(slug: string): void {
    if (slug === this.#slug || !this.staff?.sites.some((site) => site.slug === slug)) return;
    this.#slug = slug;
    localStorage.setItem(siteKept, slug);
    this.live.disconnect();
    this.live.connect();
    this.changed();
  }

  async token({ renew }: { renew: boolean }): Promise<string | null> {
    const left = Date.parse(this.#current?.expiresAt ?? "") - serverNow();
    if (!renew && this.#current && left > 5000) return this.#current.token;
    const session = await this.#refresh();
    if (!session && this.state === "in") this.#leave(true);
    return session?.token ?? null;
  }

  #refresh(): Promise<StaffSession | null> {
    this.#refreshing ??= this.#renew().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #renew(): Promise<StaffSession | null> {
    try {
      const session = await spendOnce("sidedesk-refresh", () => this.client.staff.refresh());
      if (session) this.#enter(session);
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) return null; // spent or revoked
      throw error;
    }
  }

  #enter(session: StaffSession): void {
    const before = this.staff;
    this.#current = session;
    this.staff = session.staff;
    if (before && before.id !== session.staff.id) return location.reload(); // another tab signed in as somebody else
    const slugs = session.staff.sites.map((site) => site.slug);
    const kept = this.#slug ?? localStorage.getItem(siteKept);
    this.#slug = kept && slugs.includes(kept) ? kept : (slugs[0] ?? null);
    const isNew = this.state !== "in";
    this.state = "in";
    this.expired = false;
    if (isNew) this.live.connect();
    this.changed();
  }

  #leave(expired: boolean): void {
    if (this.state === "out") return;
    this.#current = null;
    this.staff = null;
    this.expired = expired;
    this.state = "out";
    this.live.disconnect();
    this.changed();
  }
}
