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

/**
 * One life of a view in a single-page app: another address, every element mounted anew, somebody signed in, the panel
 * opened, walked through and closed, language and colours changed, signed out, and all of it taken away again, every
 * other time with the whole body.
 */
export async function spaRound(page: Page, round: number): Promise<void> {
  await page.evaluate((at) => {
    history.pushState({}, "", `?round=${at}`);
    const view = document.createElement("main");
    view.id = "view";
    for (const name of ["bell", "tickets", "form", "notifications"])
      view.append(document.createElement(`sidedesk-${name}`));
    document.body.append(view);
    const { Sidedesk } = window as unknown as { Sidedesk: unknown[][] };
    Sidedesk.push(["identify", () => fetch(`${location.origin}/token?as=spa`).then((answer) => answer.text())]);
    Sidedesk.push(["update", { lang: at % 2 ? "de" : "en", theme: at % 2 ? "dark" : "light" }]);
  }, round);
  await page.locator("#view sidedesk-tickets .row, #view sidedesk-tickets li").first().waitFor();
  for (const view of ["tickets", "new"]) {
    await page.evaluate(
      (name) => void (window as unknown as { Sidedesk: unknown[][] }).Sidedesk.push(["open", name]),
      view,
    );
    const shown = view === "new" ? "form" : view;
    await page.locator(`sidedesk-panel sidedesk-${shown} :is(h1, h2)`).first().waitFor();
  }
  await page.evaluate((at) => {
    const { Sidedesk } = window as unknown as { Sidedesk: unknown[][] };
    Sidedesk.push(["close"], ["logout"]);
    document.getElementById("view")?.remove();
    if (at % 2) document.body.replaceWith(document.createElement("body"));
  }, round);
  await page.locator("sidedesk-panel").waitFor({ state: "detached" });
}
