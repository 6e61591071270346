import type { Page } from "playwright-core";

/** What Tab alone found out about a page. */
export interface TabWalk {
  /** Where it stopped, in order. */
  stops: string[];
  /** What can be pressed or written in, is in sight, and was never reached. */
  missed: string[];
  /** Stops that show no ring, in themselves or around them. */
  ringless: string[];
  /** Whether it came out at the end, instead of going round inside. */
  isOut: boolean;
}

interface Stop {
  name: string;
  hasRing: boolean;
  /** It has been there before. */
  isEnd: boolean;
  isOut: boolean;
}

/** How many elements there are, through every shadow root. */
const elementCount = `(function count(root) {
  return [...root.querySelectorAll("*")].reduce((sum, one) => sum + 1 + (one.shadowRoot ? count(one.shadowRoot) : 0), 0);
})(document)`;

/** Waits until nothing has come or gone for half a second: what comes in behind the walk would be missed by it. */
async function comeToRest(page: Page): Promise<void> {
  let [before, quiet] = [-1, 0];
  for (let look = 0; look < 100 && quiet < 5; look += 1) {
    const count = await page.evaluate<number>(elementCount);
    quiet = count === before ? quiet + 1 : 0;
    before = count;
    await page.waitForTimeout(100);
  }
}

/** Goes through a page that has come to rest by Tab, from its beginning, until it comes out or is where it was before. */
export async function tabThrough(page: Page, most = 150): Promise<TabWalk> {
  await comeToRest(page);
  await page.evaluate(() => {
    for (let at = document.activeElement; at instanceof HTMLElement; at = at.shadowRoot?.activeElement ?? null)
      at.blur();
    (window as unknown as { stops: Element[] }).stops = [];
    getSelection()?.collapse(document.body, 0); // from where Tab sets out
  });
  const walk: TabWalk = { stops: [], missed: [], ringless: [], isOut: false };
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate<Stop>(`(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      const isOut = !at || at === document.body;
      const isEnd = window.stops.includes(at);
      if (!isOut && !isEnd) window.stops.push(at);
      const isRinged = (one, part) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one, part);
        return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || (one.matches(":focus-within:not(:focus)") && boxShadow !== "none");
      };
      let hasRing = false;
      for (let one = at, up = 0; one && up < 4; up += 1, one = one.parentElement ?? one.getRootNode().host)
        hasRing ||= isRinged(one) || isRinged(one, "::after") || isRinged(one, "::before");
      const words = at?.getAttribute("aria-label") || at?.textContent.trim() || at?.id || "";
      return { name: at?.localName + " " + words.slice(0, 40), hasRing, isEnd, isOut };
    })()`);
    // Out of everything, the next one is the first of the page again: it may have begun in the middle.
    walk.isOut ||= stop.isOut;
    if (stop.isOut) continue;
    if (stop.isEnd) {
      walk.isOut ||= walk.stops[0] === stop.name;
      break;
    }
    walk.stops.push(stop.name);
    if (!stop.hasRing) walk.ringless.push(stop.name);
  }
  walk.missed = await page.evaluate<string[]>(`(function look(root) {
    return [...root.querySelectorAll("*")].flatMap((one) => {
      const isOne = one.matches("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]");
      const isRadio = one.matches("[type=radio]"); // the arrows go on from the one that has the focus
      const isMissed = isOne && one.tabIndex >= 0 && !isRadio && !one.matches(":disabled") && !one.closest("[inert]") &&
        one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0 && !window.stops.includes(one);
      const inside = one.shadowRoot ? look(one.shadowRoot) : [];
      return isMissed ? [one.localName + " " + (one.getAttribute("aria-label") || one.textContent.trim()).slice(0, 40), ...inside] : inside;
    });
  })(document)`);
  return walk;
}

/** What has the focus, by its name or its words. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return (at?.getAttribute("aria-label") || at?.textContent || "").replace(/\\s+/g, " ").trim();
  })()`);
