// Long because it is one state machine: session, connection and unread count begin, change and end together.
import { ApiError, createHttp, NetworkError, serverNow, sessionsApi, siteApi, type Http } from "@sidedesk/client";
import { LiveClient, type LiveState } from "@sidedesk/client/live";
import type { Customer, CustomerSession, Page, Problem, PublicSite, Ticket } from "@sidedesk/contract";
import { keepTimeBy } from "@sidedesk/ui/clock";
import { watchOver } from "@sidedesk/ui/watch-over";
import type { DeskOptions, DeskState, NoticeChange, SessionSource } from "./desk-events.ts";
import { Drafts } from "./drafts.ts";
import { formatLocale } from "./locale.ts";
import { NoticeDesk } from "./notice-desk.ts";
import { rest } from "./rest.ts";

keepTimeBy(serverNow);

/** Before its end by this much a token is no longer used. */
const margin = 30_000;

/** Where the device is. Asked of Intl, which is dear the first time, in a task of its own, and only where Temporal is not there. */
async function timezone(): Promise<string> {
  const { Temporal } = globalThis as { Temporal?: { Now: { timeZoneId(): string } } };
  if (Temporal) return Temporal.Now.timeZoneId();
  await rest();
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A refusal in the words of who reads it, which are loaded with the first one. */
const reword = (problem: Problem): Promise<Problem> =>
  Promise.race([
    import("./refusals.ts").then((refusals) => refusals.reword(problem)).catch(() => problem),
    new Promise<Problem>((resolve) => setTimeout(resolve, 2000, problem)), // a network that goes must not hold the answer back
  ]);

/**
 * The desk as one page sees it: one session, one realtime connection, one count of what is unread, shared by all
 * elements. Knows no DOM: when to wake is `watchOver`'s to know.
 */
export class Desk extends NoticeDesk {
  readonly options: DeskOptions;
  /** Calls as the customer. */
  readonly http: Http;
  /** Calls by the site's key alone. */
  readonly publicHttp: Http;
  state: DeskState = "anonymous";
  customer: Customer | null = null;
  site: PublicSite | null = null;
  /** `system`, `light` or `dark`, once the page has said so. */
  theme: string | undefined;
  liveState: LiveState = "idle";
  live: LiveClient | null = null;
  drafts: Drafts;
  /** Lists of requests as they were left, by what was asked: what we last knew, for who comes back to one without a network. */
  lists: Record<string, Page<Ticket>> = {};

  #source: SessionSource | null = null;
  #session: CustomerSession | null = null;
  #renewing: Promise<string | null> | null = null;
  #site: Promise<PublicSite | null> | null = null;
  #unwatch: (() => void) | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;

  constructor(options: DeskOptions) {
    super();
    this.options = options;
    const { base, siteKey, credentials = false, fetch } = options;
    const wire = { base, credentials, reword, fetch };
    this.publicHttp = createHttp({ ...wire, siteKey });
    this.http = createHttp({ ...wire, getToken: (how) => this.getToken(how), onUnauthenticated: () => this.#end() });
    this.drafts = new Drafts(`${siteKey}:guest`);
  }

  get isSignedIn(): boolean {
    return this.state === "signed-in";
  }

  /** What anybody may know of the site, asked for once. */
  loadSite(): Promise<PublicSite | null> {
    this.#site ??= siteApi(this.publicHttp)
      .get()
      .then((site) => {
        this.site = site;
        this.#changed();
        return site;
      })
      .catch((error: unknown) => {
        this.#site = null; // asked again at the next use
        this.fire("error", error);
        return null;
      });
    return this.#site;
  }

  /**
   * The host page says who is here: `userToken` fetches a token that its server signed. Nobody is with nothing, and with
   * whatever else a back end says for want of one, such as "Unauthorized".
   */
  identify(userToken: () => Promise<string> | string): Promise<void> {
    const { siteKey } = this.options;
    return this.signIn(async () => {
      const token = String((await userToken()) ?? "").trim();
      const isToken = /^([\w-]+\.){2}[\w-]+$/.test(token);
      if (token && !isToken) this.fire("error", new Error(token.slice(0, 99)));
      if (!isToken) return null;
      const zone = await timezone();
      return sessionsApi(this.publicHttp).create({ siteKey, userToken: token, locale: formatLocale(), timezone: zone });
    });
  }

  wear(theme: string): void {
    this.theme = theme;
    this.#changed();
  }

  /** Begins a session from `source`, which is asked again whenever the session nears its end. */
  async signIn(source: SessionSource): Promise<void> {
    this.#source = source;
    this.#session = null;
    this.#renewing = null;
    if (!this.isSignedIn) this.#become("starting");
    this.#watch();
    await this.#tryToken();
  }

  /** "Sign in", "Try again": asks the same source once more. */
  async signInAgain(): Promise<void> {
    if (!this.#source || this.state === "starting") return;
    this.#become("starting");
    await this.#tryToken();
  }

  logout(): void {
    this.live?.tell("logout");
    this.drafts.clear();
    this.#source = null;
    this.#forget();
    this.drafts = new Drafts(`${this.options.siteKey}:guest`);
    this.#become("anonymous");
    this.fire("person");
  }

  /** The session's token, renewed when it is about to end or `renew` says that it was refused. */
  getToken({ renew }: { renew: boolean }): Promise<string | null> {
    const session = this.#session;
    if (session && !renew && Date.parse(session.expiresAt) - serverNow() > margin)
      return Promise.resolve(session.token);
    const source = this.#source;
    if (!source) return Promise.resolve(null);
    this.#renewing ??= source()
      .then((fresh) => {
        if (source !== this.#source) return null; // somebody else signed in meanwhile
        if (fresh) this.#begin(fresh);
        else this.#end(this.customer === null);
        return fresh?.token ?? null;
      })
      .catch((error: unknown) => {
        if (source === this.#source && error instanceof ApiError && (error.status === 401 || error.status === 403))
          this.#end();
        throw error;
      })
      .finally(() => {
        if (source === this.#source) this.#renewing = null;
      });
    return this.#renewing;
  }

  /** Opens the one realtime connection; again, when it was closed; nothing happens when nobody is signed in. */
  connect(): void {
    if (this.live) return void this.live.connect();
    if (!this.isSignedIn) return;
    const live = new LiveClient({
      base: this.options.base,
      getToken: (how) => this.getToken(how),
      expiresAt: () => this.#session?.expiresAt,
      share: () => `sidedesk1 ${this.options.base || location.origin} ${this.options.siteKey} ${this.customer?.id}`,
      onTold: (told) => {
        if (told !== "logout") this.show(told as NoticeChange);
        // Who signed out there may have signed out of the host page: it is asked who is here.
        else void this.getToken({ renew: true }).catch(() => {});
      },
    });
    this.live = live;
    let wasOnline = false;
    live.onState((state) => {
      // What was read elsewhere while nobody listened is not told again.
      if (state === "online" && wasOnline) void this.countAnew();
      wasOnline ||= state === "online";
      this.liveState = state;
      this.#changed();
    });
    live.on("ticket_update", ({ type, data }) => {
      this.fire("ticket", data);
      if (type === "ticket.merged" || type === "ticket.unmerged") this.fire("merged", data);
    });
    live.on("comment", ({ data }) => this.fire("comment", data));
    live.on("typing", ({ data }) => this.fire("typing", data));
    live.on("notification", ({ type, data }) => this.take(data, type === "notification.returned"));
    live.on("notification_state", ({ data }) => this.hear(data));
    live.on("resync", () => this.refetch());
    live.connect();
  }

  /** Asks for everything on screen and the count again. */
  refetch(): void {
    if (!this.isSignedIn) return;
    void this.countUnread();
    this.fire("refetch");
  }

  protected tell(change: NoticeChange): void {
    this.live?.tell(change);
  }

  async #tryToken(): Promise<void> {
    try {
      await this.getToken({ renew: true });
      this.#tries = 0;
    } catch (error) {
      this.fire("error", error);
      if (this.state !== "starting") return;
      if (!(error instanceof NetworkError)) return this.#become("signed-out");
      this.#become("starting");
      const delay = Math.min(30_000, 1000 * 2 ** this.#tries++);
      clearTimeout(this.#again);
      this.#again = setTimeout(() => this.state === "starting" && void this.#tryToken(), delay);
    }
  }

  #begin(session: CustomerSession): void {
    const other = this.customer?.id !== session.customer.id;
    const wasNobody = this.customer === null;
    if (other && !wasNobody) this.#forget();
    this.#session = session;
    this.customer = session.customer;
    const back = other || !this.isSignedIn;
    if (other) {
      const own = new Drafts(`${this.options.siteKey}:${session.customer.id}`);
      if (wasNobody) own.adopt(this.drafts);
      this.drafts = own;
    }
    // First who, then that they are in: lists forget somebody else's and ask once, not for each.
    if (other) this.fire("person");
    this.#become("signed-in");
    if (back) {
      void this.countUnread();
      this.connect();
      if (!other) this.fire("refetch");
    }
    this.#watch();
    // Something written on an earlier page may still wait; the code that sends it is loaded only then.
    if (other && this.drafts.get("outbox")) void import("./outbox-of.ts").then(({ outboxOf }) => outboxOf(this));
  }

  /** The session is over; `nobody` when there never was one, as for who visits the portal without a link. */
  #end(nobody = false): void {
    if (this.state === "anonymous" || this.state === "signed-out") return;
    this.#session = null;
    this.live?.disconnect();
    this.#become(this.#source && !nobody ? "signed-out" : "anonymous");
  }

  #forget(): void {
    this.live?.disconnect();
    this.live = null;
    this.liveState = "idle";
    this.#session = null;
    this.customer = null;
    this.lists = {};
    this.forgetNotices();
    clearTimeout(this.#again);
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #watch(): void {
    this.#unwatch ??= watchOver(
      () => this.live,
      () => this.refetch(),
      () => {
        if (this.isSignedIn) this.live?.wake();
        else if (this.state === "starting") void this.#tryToken();
      },
    );
  }

  #become(state: DeskState): void {
    this.state = state;
    this.#changed();
  }

  #changed(): void {
    this.fire("change");
  }
}
