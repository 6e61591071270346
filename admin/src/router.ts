import { Router } from "@lit-labs/router";
import { html, type ReactiveControllerHost } from "lit";
import { whenFree } from "./shell/unsaved.ts";

/*
 * Every page is a chunk of its own, loaded when it is first gone to. Addresses carry all state worth sharing, so a page
 * reads `location.search` itself and this list only chooses which.
 */
let router: Router | undefined;

/** Sets up the routes on the outermost element. */
export function startRouter(host: ReactiveControllerHost & HTMLElement, failed: (error: unknown) => void): Router {
  type Params = Record<string, string | undefined>;
  const lazily = (load: (params: Params) => Promise<unknown>) => async (params: Params) => {
    const wanted = location.pathname;
    try {
      await load(params);
      if (location.pathname !== wanted) return false; // somebody went on while the page was loading
      failed(null);
      return true;
    } catch (error) {
      if (location.pathname === wanted) failed(error); // offline, or a newer console has replaced the file
      return false;
    }
  };
  router = new Router(
    host,
    [
      {
        path: "/admin{/}?",
        enter: lazily(() => import("./queue/queue-page.ts")),
        render: () => html`<desk-queue class="page" .search=${location.search}></desk-queue>`,
      },
      {
        path: "/admin/tickets/:ref",
        enter: lazily(() => import("./ticket/ticket-page.ts")),
        render: ({ ref }) => html`<desk-ticket class="page" .ref=${decodeURIComponent(ref ?? "")}></desk-ticket>`,
      },
      {
        path: "/admin/setup{/:section}?",
        enter: lazily(({ section }) =>
          Promise.all([
            import("./setup/setup-page.ts"),
            section === "webhooks" && import("./webhooks/webhooks-section.ts"),
          ]),
        ),
        render: ({ section }) => html`<desk-setup class="page" .section=${section ?? "site"}></desk-setup>`,
      },
      {
        path: "/admin/reports{/:section}?",
        enter: lazily(() => import("./reports/reports-page.ts")),
        render: ({ section }) => html`<desk-reports class="page" .section=${section ?? ""}></desk-reports>`,
      },
      {
        path: "/admin/customers{/}?",
        enter: lazily(() => import("./customers/customers-page.ts")),
        render: () => html`<desk-customers class="page" .search=${location.search}></desk-customers>`,
      },
      {
        path: "/admin/customers/:id",
        enter: lazily(() => import("./customers/customer-page.ts")),
        render: ({ id }) =>
          html`<desk-customer class="page" .customerId=${decodeURIComponent(id ?? "")}></desk-customer>`,
      },
      {
        path: "/admin/operations{/:section}?",
        enter: lazily(() => import("./operations/operations-page.ts")),
        render: ({ section }) => html`<desk-operations class="page" .section=${section ?? ""}></desk-operations>`,
      },
      {
        path: "/admin/settings{/}?",
        enter: lazily(() => import("./preferences/preferences-page.ts")),
        render: () => html`<desk-preferences class="page"></desk-preferences>`,
      },
      { path: "/admin/login", render: () => html`<desk-sign-in class="page"></desk-sign-in>` },
      { path: "/admin/password", render: () => html`<desk-set-password class="page"></desk-set-password>` },
    ],
    { fallback: { render: () => html`<desk-not-found class="page"></desk-not-found>` } },
  );
  return router;
}

/** Goes to an address of the console. */
export function go(path: string, how: { replace?: boolean } = {}): void {
  const move = (): void => {
    if (how.replace) history.replaceState({}, "", path);
    else if (path !== location.pathname + location.search) history.pushState({}, "", path);
    void router?.goto(location.pathname);
  };
  if (how.replace) move();
  else whenFree(move);
}

/** Addresses in one place, so that no link is spelled by hand. */
export const paths = {
  queue: (search = "") => `/admin${search}`,
  ticket: (number: string) => `/admin/tickets/${encodeURIComponent(number)}`,
  reports: (section = "", search = "") => (section ? `/admin/reports/${section}${search}` : "/admin/reports"),
  customers: (search = "") => `/admin/customers${search}`,
  customer: (id: string) => `/admin/customers/${encodeURIComponent(id)}`,
  operations: (section = "") => (section ? `/admin/operations/${section}` : "/admin/operations"),
  settings: () => "/admin/settings",
  setup: (section = "") => (section ? `/admin/setup/${section}` : "/admin/setup"),
  login: (next: string) =>
    next && next !== "/admin" ? `/admin/login?next=${encodeURIComponent(next)}` : "/admin/login",
};

/** Where to go after signing in: only ever inside the console. */
export function nextAfterLogin(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "";
  return /^\/admin(?![\w-])/.test(next) && !next.startsWith("/admin/login") ? next : "/admin";
}
