import Koa from "koa";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assets } from "../../api/src/core/http/assets.ts";
import { docs } from "../../api/src/core/http/docs.ts";
import { elements, languages, statesOf } from "../../widget/src/gallery/choices.ts";
import { browserPages } from "../support/browser-pages.ts";
import { elementKeys } from "../support/element-keys.ts";
import { look } from "../support/look.ts";
import { englishOnly } from "../support/translations.ts";
import { tabThrough } from "../support/tab-walk.ts";
import { until } from "../support/until.ts";

/** Files and pages alone: a desk that somebody asked would answer 404, which the page would complain of. */
let server: Server;
let base: string;
beforeAll(async () => {
  const app = new Koa();
  app.use(docs());
  app.use(assets());
  server = createServer((request, response) => void app.callback()(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/docs/elements`;
});
afterAll(() => void server?.close());
const { newPage } = browserPages("gallery");

const staged = (page: Page, element: string, state: string) =>
  page.locator(`html[data-staged="${element} ${state}"]`).waitFor({ state: "attached" });
/** All text within, through every shadow root. */
const words = `(function words(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.trim();
  if (["STYLE", "SCRIPT"].includes(node.nodeName)) return "";
  return [...(node.shadowRoot ?? node).childNodes].map(words).filter(Boolean).join(" ");
})(document.querySelector("main"))`;

/** The same in pieces, as they stand, and what is said of something by its name or shown where nothing is written yet. */
const pieces = `(function pieces(node) {
  if (node.nodeType === Node.TEXT_NODE) return [node.data.trim()];
  if (["STYLE", "SCRIPT"].includes(node.nodeName)) return [];
  const named = ["aria-label", "title", "placeholder", "alt"].map((name) => node.getAttribute?.(name) ?? "");
  return [...named, ...[...node.childNodes, ...(node.shadowRoot?.childNodes ?? [])].flatMap(pieces)].filter(Boolean);
})(document.querySelector("main"))`;
/** What no text says that is there: values without a text, and texts by the name that code has for them. */
const nameless = /undefined|\bnull\b|\bNaN\b|\[object|^s[\da-f]{16}$|^[a-z]+(_[a-z]+)+$/;

/** What moves for longer than anybody sees, through every shadow root. */
const moving = `(function moving(root) {
  const own = root.getAnimations().filter((one) => one.playState === "running" && one.effect.getComputedTiming().duration > 1);
  const inner = [...root.querySelectorAll("*")].flatMap((one) => (one.shadowRoot ? moving(one.shadowRoot) : []));
  return [...own.map((one) => one.effect.target.className), ...inner];
})(document)`;

describe("X4 each element by keyboard alone", () => {
  it.each(elements)(
    "%s: Tab reaches all there is, each stop is seen, and it lets go; its own keys do their work",
    async (element) => {
      const page = await newPage({ viewport: { width: 1000, height: 900 }, reducedMotion: "reduce" });
      await page.goto(`${base}/stage?${new URLSearchParams({ element, state: "filled" }).toString()}`);
      await staged(page, element, "filled");
      const walk = await tabThrough(page);
      expect(walk).toMatchObject({ missed: [], ringless: [], isOut: true });
      expect(walk.stops.length).toBeGreaterThan(2);
      await elementKeys[element]!(page);
      await look(page, `keys-${element}`, "main");
    },
  );
});

describe("X4 the gallery of elements", () => {
  it(
    "stages every element, and every state, with words in it, out of the page alone",
    { timeout: 120_000 },
    async () => {
      const page = await newPage({ viewport: { width: 375, height: 740 } });
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      // Every state of one, and of the others a state that each has not to itself and those that it has.
      for (const [index, element] of elements.entries()) {
        const states = statesOf(element);
        const shown = element === "sidedesk-tickets" ? states : [states[index % 6], ...states.slice(6)];
        for (const state of shown as typeof states) {
          await page.goto(`${base}/stage?${new URLSearchParams({ element, state }).toString()}`);
          await staged(page, element, state);
          const isBare = (element === "sidedesk-widget" && state === "closed") || state === "loading";
          if (!isBare)
            await until(() => page.evaluate(`${words}.length > 5`), { what: `words in ${element} ${state}` });
          expect(
            await page.evaluate("document.documentElement.scrollWidth"),
            `${element} ${state}`,
          ).toBeLessThanOrEqual(375);
        }
      }
      expect(asked.filter((url) => !/\/docs\/elements\/|\/favicon\.svg$/.test(url))).toEqual([]);
    },
  );

  it(
    "speaks German and Arabic in both themes and widths, whole, within the page, and for everybody",
    { timeout: 180_000 },
    async () => {
      const page = await newPage({ viewport: { width: 375, height: 740 }, reducedMotion: "reduce" });
      for (const language of ["de", "ar"] as const) {
        const forgotten = englishOnly(language);
        expect(forgotten.size).toBeGreaterThan(100);
        for (const element of elements)
          for (const theme of ["light", "dark"] as const) {
            const name = `${element}-${language}-${theme}`;
            const query = new URLSearchParams({ element, language, theme, state: "filled" });
            await page.setViewportSize({ width: 375, height: 740 });
            await page.goto(`${base}/stage?${query.toString()}`);
            await staged(page, element, "filled");
            await until(() => page.evaluate(`${words}.length > 50`), { what: `words in ${name}` });
            await look(page, `stage-${name}`, "main");
            const said = await page.evaluate<string[]>(pieces);
            expect([name, said.filter((text) => forgotten.has(text) || nameless.test(text))]).toEqual([name, []]);
            for (const width of [375, 1280]) {
              await page.setViewportSize({ width, height: 740 });
              expect([name, width, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([
                name,
                width,
                width,
              ]);
            }
          }
      }
    },
  );

  it("loses nothing that is told by a ground where colours are forced: dots, counts, what is chosen, ticked, or ticked in part", async () => {
    const page = await newPage({
      viewport: { width: 1280, height: 740 },
      forcedColors: "active",
      reducedMotion: "reduce",
    });
    /** Whether a part differs from the empty ground that it stands on, by what is seen of it. */
    const isSeen = (selector: string): Promise<boolean> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const seen = (pseudo?: string): boolean => {
            const style = getComputedStyle(element, pseudo);
            const hasBorder = ["top", "bottom"].some(
              (side) => parseFloat(style.getPropertyValue(`border-${side}-width`)) > 0,
            );
            const ground = style.backgroundColor;
            const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
            const isGround =
              ground === getComputedStyle(document.body).backgroundColor || /^rgba\(.*, 0\)$/.test(ground);
            return hasOutline || !isGround || (hasBorder && style.borderTopStyle !== "none");
          };
          return element.matches(":indeterminate") ? seen("::after") : seen();
        });
    for (const [element, parts] of [
      ["sidedesk-widget", [".panel", ".panel-tabs .count"]],
      ["sidedesk-bell", [".count", ".drop", ".dot"]],
      ["sidedesk-tickets", [".button-primary", "[aria-pressed=true]"]],
      ["sidedesk-form", [".button-primary", "input", "textarea"]],
      [
        "sidedesk-notifications",
        [
          ".dot",
          ".filter[aria-selected=true]",
          "[data-ticked] .notice",
          ".line .check:checked",
          ".all .check:indeterminate",
        ],
      ],
      ["sidedesk-webhooks", [".hook[aria-current]", ".bars i"]],
    ] as const) {
      await page.goto(`${base}/stage?${new URLSearchParams({ element, state: "filled" }).toString()}`);
      await staged(page, element, "filled");
      if (element === "sidedesk-notifications")
        await page.getByRole("checkbox", { name: /^Select “?New answer/ }).check();
      for (const part of parts) {
        await page.locator(part).first().waitFor({ state: "attached" });
        expect([element, part, await isSeen(part)]).toEqual([element, part, true]);
      }
    }
  });

  it("holds still for whoever asked for less motion", async () => {
    const page = await newPage({ viewport: { width: 375, height: 740 } });
    await page.goto(`${base}/stage?element=sidedesk-tickets&state=loading`);
    await page.locator("sidedesk-tickets .skeleton").first().waitFor();
    expect(await page.evaluate<string[]>(moving)).not.toEqual([]);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await until(async () => (await page.evaluate<string[]>(moving)).length === 0, { what: "rest" });
  });

  it("speaks each language, and shows what is set by keyboard, in the address and in the frame", async () => {
    const page = await newPage({ viewport: { width: 375, height: 740 }, reducedMotion: "reduce" });
    await page.goto(base);
    await page.getByLabel("Element").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("heading", { name: "<sidedesk-tickets>" }).waitFor();
    await page.getByRole("rowheader", { name: "sidedesk-ticket-select" }).waitFor();
    const titles = new Set<string>();
    for (const language of Object.keys(languages)) {
      await page.getByLabel("Language").selectOption(language);
      const title = page.frameLocator("iframe").locator(`html[lang="${language}"] h2`).first();
      await title.waitFor();
      titles.add((await title.textContent()) ?? "");
    }
    expect(titles.size).toBe(Object.keys(languages).length);
    expect(page.url()).toContain("element=sidedesk-tickets&state=filled&theme=system&language=ar&width=375");
    await page.evaluate("history.back()");
    await page.frameLocator("iframe").locator('html[lang="ja"]').waitFor();
    await page.frameLocator("iframe").locator(".row, [part~=row]").first().click();
    await page.getByText('{"id":"').first().waitFor();
  });

  it.each([375, 1280])("looks right at %s px, in German light and Arabic dark", async (width) => {
    for (const [language, colorScheme] of [
      ["de", "light"],
      ["ar", "dark"],
    ] as const) {
      const page = await newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" });
      const query = `element=sidedesk-tickets&language=${language}`;
      await page.goto(`${base}?${query}`);
      await page.getByRole("heading", { name: "<sidedesk-tickets>" }).waitFor();
      await page.frameLocator("iframe").locator(`html[lang="${language}"][data-staged]`).waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      await look(page, `gallery-${language}-${colorScheme}-${width}`);
      if (width > 375) continue; // the stage is as wide as a telephone in both
      await page.goto(`${base}/stage?${query}`);
      await staged(page, "sidedesk-tickets", "filled");
      await look(page, `stage-${language}-${colorScheme}-${width}`);
    }
  });
});
