import { describe, expect, it } from "vitest";
import { outline, spoken, valuesIn } from "../support/translations.ts";

const all = await spoken();
const languagesOf = { admin: ["ar", "de"], others: ["ar", "de", "es", "fr", "ja", "pt"] };
const each = all.flatMap(({ workspace, said, translations }) =>
  translations.map((translation) => ({ name: `${workspace} in ${translation.language}`, said, ...translation })),
);

describe("words", () => {
  it("are there in every language that was promised", () => {
    const widget = ["widget", "packages/webhook-view"];
    expect(all.map(({ workspace }) => workspace)).toEqual(expect.arrayContaining(["admin", ...widget]));
    for (const { workspace, translations } of all)
      expect([workspace, translations.map(({ language }) => language)]).toEqual([
        workspace,
        workspace === "admin" ? languagesOf.admin : languagesOf.others,
      ]);
  });

  it("are translated as far as sources say them: `npm run messages` or `extract` and `locales`", () => {
    for (const { name, said } of each) expect(said.size, name).toBeGreaterThan(10);
    const missing = each.flatMap(({ name, said, units }) =>
      [...said].filter(([id]) => !units.get(id)?.target.trim()).map(([, where]) => `${name}: ${where}`),
    );
    expect(missing).toEqual([]);
  });

  it("keep no text that nobody says", () => {
    for (const { name, said, units } of each)
      expect([name, [...units].filter(([id]) => !said.has(id)).map(([, { source }]) => source)]).toEqual([name, []]);
  });

  it("have the values of what they translate", () => {
    for (const { name, units } of each) {
      const wrong = [...units.values()].filter(({ source, target }) => target && valuesIn(target) !== valuesIn(source));
      expect([name, wrong]).toEqual([name, []]);
    }
  });

  it("reach the browser as they were last written", () => {
    for (const { name, units, built } of each) {
      const written = [...units].filter(([, { target }]) => target);
      expect([name, [...built].sort()]).toEqual([
        name,
        written.map(([id, { target }]) => [id, outline(target)]).sort(),
      ]);
    }
  });

  /** A view's words go to the host's by what they translate, and the host's stay: German must not read one thing here, another there. */
  it("are the same wherever the widget says the same", () => {
    const first = new Map<string, string>();
    const twice: string[] = [];
    for (const { workspace, translations } of all.filter(({ workspace }) => workspace !== "admin"))
      for (const { language, units } of translations)
        for (const [id, { source, target }] of units) {
          if (!target) continue;
          const known = first.get(`${language} ${id}`) ?? target;
          first.set(`${language} ${id}`, known);
          if (known !== target) twice.push(`${workspace} in ${language}: ${source}: ${known} | ${target}`);
        }
    expect(twice).toEqual([]);
  });
});
