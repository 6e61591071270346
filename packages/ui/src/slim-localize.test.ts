import { expect } from "@open-wc/testing";
import { configureLocalization, msg, str } from "@lit/localize";
import * as slim from "./slim-localize.ts";

/** What a German translation of these would hold; the ids are those that `lit-localize extract` gave. */
const templates = {
  s01167737884b54a2: "ungelesen",
  s0d7e588fb182e235: str`Neue Antwort von ${0}`,
};

describe("slim localize", () => {
  const library = configureLocalization({
    sourceLocale: "en",
    targetLocales: ["de"],
    loadLocale: () => Promise.resolve({ templates } as never),
  });
  const ours = slim.configureLocalization({
    sourceLocale: "en",
    targetLocales: ["de"],
    loadLocale: () => Promise.resolve({ templates } as never),
  });
  const both = (name: string): [string, string][] => [
    [msg("unread"), slim.msg("unread")],
    [msg(str`New answer from ${name}`), slim.msg(slim.str`New answer from ${name}`)],
    [msg("Not translated – at all"), slim.msg("Not translated – at all")],
    [msg(str`Ünïcode ${name} 😀 ${7}`), slim.msg(slim.str`Ünïcode ${name} 😀 ${7}`)],
  ];

  it("says what the library says, in each language", async () => {
    for (const [theirs, own] of both("Mara")) expect(own).to.equal(theirs);
    await Promise.all([library.setLocale("de"), ours.setLocale("de")]);
    for (const [theirs, own] of both("Mara")) expect(own).to.equal(theirs);
    expect(both("Mara").map(([, own]) => own)).to.deep.equal([
      "ungelesen",
      "Neue Antwort von Mara",
      "Not translated – at all",
      "Ünïcode Mara 😀 7",
    ]);
    expect(ours.getLocale()).to.equal("de");
    await Promise.all([library.setLocale("en"), ours.setLocale("en")]);
    for (const [theirs, own] of both("Mara")) expect(own).to.equal(theirs);
  });

  it("puts values where the translation wants them", async () => {
    await ours.setLocale("de");
    const made: Record<string, unknown> = templates;
    made[idOf("a\x1eb\x1e")] = { strTag: true, strings: ["", " vor ", ""], values: [1, 0] };
    expect(slim.msg(slim.str`a${"one"}b${"two"}`)).to.equal("two vor one");
    await ours.setLocale("en");
  });

  it("keeps the language that was asked for last, and tells who shows words", async () => {
    let updates = 0;
    let controller: { hostConnected?(): void; hostDisconnected?(): void } = {};
    slim.updateWhenLocaleChanges({
      addController: (one: typeof controller) => (controller = one),
      requestUpdate: () => (updates += 1),
    } as never);
    controller.hostConnected?.();
    await Promise.all([ours.setLocale("de"), ours.setLocale("en")]);
    expect([ours.getLocale(), slim.msg("unread")]).to.deep.equal(["en", "unread"]);
    expect(updates).to.be.greaterThan(0);
    const before = updates;
    controller.hostDisconnected?.();
    await ours.setLocale("de");
    expect(updates).to.equal(before);
    await ours.setLocale("en");
  });
});

/** The id of a text, found by asking under every one of them. */
function idOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const unit of text.split("")) hash = ((hash ^ BigInt(unit.charCodeAt(0))) * 0x100000001b3n) & (2n ** 64n - 1n);
  return `s${hash.toString(16).padStart(16, "0")}`;
}
