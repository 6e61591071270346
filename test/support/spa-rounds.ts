import type { CDPSession, Page } from "playwright-core";

/** What a page holds on to, once garbage is collected. */
export interface Held {
  heapKiB: number;
  nodes: number;
  listeners: number;
  documents: number;
}

export async function held(devtools: CDPSession): Promise<Held> {
  // Twice: what a finaliser lets go of is only then garbage itself.
  for (let times = 0; times < 2; times++) await devtools.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners: listeners, documents } = await devtools.send("Memory.getDOMCounters");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return { heapKiB: usedSize / 1024, nodes, listeners, documents };
}

/** In a view of its own each; what the panel shows as well is opened there. */
const alone = ["bell", "tickets", "form", "notifications", "preferences", "webhooks"];
/** What stands in each once it has all that it shows. */
const whole = {
  tickets: ".request",
  notifications: "sidedesk-notice-centre .show",
  preferences: "table",
  webhooks: "sidedesk-webhook-view :is(h1, h2)",
};

/**
 * One life of a view in a single-page app: another address, every element mounted anew, somebody signed in who has a request
 * and an update, the panel opened, walked through and closed, language and colours changed, signed out, and all of it taken
 * away again, every other time with the whole body.
 */
export async function spaRound(page: Page, round: number): Promise<void> {
  await page.evaluate(
    ([at, names]) => {
      history.pushState({}, "", `?round=${at}`);
      const view = document.createElement("main");
      view.id = "view";
      for (const name of names) view.append(document.createElement(`sidedesk-${name}`));
      document.body.append(view);
      const { Sidedesk } = window as unknown as { Sidedesk: unknown[][] };
      Sidedesk.push(["identify", () => fetch(`${location.origin}/token?as=spa`).then((answer) => answer.text())]);
      Sidedesk.push(["update", { lang: at % 2 ? "de" : "en", theme: at % 2 ? "dark" : "light" }]);
    },
    [round, alone] as const,
  );
  for (const [name, inside] of Object.entries(whole))
    await page.locator(`#view sidedesk-${name} ${inside}`).first().waitFor();
  await page.locator("#view sidedesk-notice-centre .show").first().click();
  await page.locator("#view sidedesk-notice-centre .detail h2").waitFor();
  const inPanel = (selector: string) => page.locator(`sidedesk-panel ${selector}`).first();
  for (const [view, shown] of [
    ["notifications", "sidedesk-notifications .show"],
    ["settings", "sidedesk-preferences table"],
    ["new", "sidedesk-form :is(h1, h2)"],
    ["tickets", "sidedesk-tickets .request"],
  ] as const) {
    await page.evaluate(
      (name) => void (window as unknown as { Sidedesk: unknown[][] }).Sidedesk.push(["open", name]),
      view,
    );
    await inPanel(shown).waitFor();
  }
  await inPanel("sidedesk-tickets .request").click();
  await inPanel("sidedesk-ticket textarea").waitFor();
  await page.evaluate((at) => {
    const { Sidedesk } = window as unknown as { Sidedesk: unknown[][] };
    Sidedesk.push(["close"], ["logout"]);
    document.getElementById("view")?.remove();
    if (at % 2) document.body.replaceWith(document.createElement("body"));
  }, round);
  await page.locator("sidedesk-panel").waitFor({ state: "detached" });
}
