import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { top } from "./source-files.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = `${top}/test/screenshots`;
mkdirSync(shots, { recursive: true });

interface Finding {
  id: string;
  impact: string;
  nodes: { target: unknown; failureSummary: string }[];
}

/** Takes a picture and lets axe look at what is on screen, or at a part of it. */
export async function look(page: Page, name: string, within?: string): Promise<void> {
  await page.evaluate(
    "document.fonts.ready.then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))",
  );
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${shots}/${name}.png` });
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const where = within ? `{ include: [[${JSON.stringify(within)}]] }` : "document";
  const violations = await page.evaluate<Finding[]>(
    `axe.run(${where}, { resultTypes: ["violations"] }).then(({ violations }) => violations)`,
  );
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(
    serious.map(
      ({ id, impact, nodes }) =>
        `${name}: ${impact} ${id}: ${nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary}`).join("; ")}`,
    ),
  ).toEqual([]);
}
