import { adoptOnDocument } from "@sidedesk/ui/page";
import { css } from "lit";
import { chooseLanguage } from "../session/locale.ts";
import { deskFor, setStandardDesk } from "../session/page-desk.ts";
import type { Choice } from "./choices.ts";
import { type Call, DeskEdge, problem } from "./desk-edge.ts";
import { liveEdge } from "./live-edge.ts";
import { emptyDesk, fillDesk, shownTicket } from "./samples.ts";

const ground = css`
  body {
    min-block-size: 100vh;
    box-sizing: border-box;
  }
  body.padded {
    padding: 16px;
  }
`;
/** What every page needs before anything can be shown of it. */
const isFirst = ({ path }: Call): boolean => /^\/v1\/(site|sessions|portal)\b/.test(path);

/** Shows one element in one state on an otherwise empty page, whose desk is a few arrays in this page. */
export async function showStage({ element: tag, state, theme, language }: Choice): Promise<void> {
  const edge = new DeskEdge();
  if (state === "empty") emptyDesk(edge, tag === "sidedesk-ticket", language);
  else fillDesk(edge, language);
  if (state === "loading") edge.answers.set("*", (call) => (isFirst(call) ? undefined : new Promise(() => {})));
  if (state === "error") edge.answers.set("*", (call) => (isFirst(call) ? undefined : problem(503, "unavailable")));
  if (state === "signed-out" || state === "visitor")
    edge.answers.set("POST /v1/portal/refresh", () => problem(401, "unauthenticated"));
  globalThis.fetch = edge.fetch;
  globalThis.WebSocket = liveEdge(edge);

  const siteKey = `pk_gallery_${tag}_${state}`;
  for (const name of Object.keys(localStorage)) if (name.includes("pk_gallery_")) localStorage.removeItem(name);
  adoptOnDocument(ground);
  document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
  document.body.classList.toggle("padded", tag !== "sidedesk-portal");
  await chooseLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";

  const desk = deskFor({ base: "", siteKey });
  setStandardDesk(desk);
  if (tag !== "sidedesk-portal" && state !== "visitor") await desk.identify(() => "gal.le.ry");
  const element = document.createElement(tag) as HTMLElement & { show?: (view?: string) => Promise<void> };
  if (tag === "sidedesk-ticket") element.setAttribute("ticket-id", shownTicket);
  if (tag === "sidedesk-portal") {
    element.setAttribute("site", "demo");
    element.setAttribute("site-key", siteKey);
  }
  const main = document.createElement("main");
  main.append(element);
  document.body.append(main);
  if (tag === "sidedesk-widget" && state !== "closed") await element.show?.();
  await pressBell(element);
  if (state === "offline") await goOffline(edge);
  if (state === "signed-out" && desk.isSignedIn) {
    edge.answers.set("POST /v1/sessions", () => problem(401, "unauthenticated"));
    await desk.getToken({ renew: true }).catch(() => undefined);
  }
  document.documentElement.dataset["staged"] = `${tag} ${state}`;
}

/** Its list shows how it is; closed it is a bell in every state. */
async function pressBell(element: HTMLElement): Promise<void> {
  if (element.localName !== "sidedesk-bell") return;
  await (element as HTMLElement & { updateComplete?: Promise<unknown> }).updateComplete;
  element.shadowRoot?.querySelector<HTMLElement>('[part~="button"]')?.click();
}

/** What was loaded before stays to be read. */
async function goOffline(edge: DeskEdge): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
  edge.isReachable = false;
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  dispatchEvent(new Event("offline"));
}
