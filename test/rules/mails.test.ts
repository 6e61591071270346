import { doIUseEmail } from "@jsx-email/doiuse-email";
import { accountMails, mailKinds, type MailKind } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import {
  mailHtml,
  mailLanguages,
  mailText,
  mailWords,
  sampleMail,
  writerFor,
  type MailContent,
  type MailLanguage,
} from "../../api/src/mails/index.ts";
import { safeHtml } from "../../api/src/tickets/index.ts";

const site = { name: "Tarnside", locale: "en", timezone: "Europe/Berlin" };
const brand = {
  siteName: "Tarnside",
  primary: "#0d5f85",
  primaryDark: "#60a8d1",
  logoUrl: "https://a.example/logo.png",
};
const writer = (language: MailLanguage) => writerFor(site, language);
const sample = (kind: MailKind, language: MailLanguage): MailContent =>
  sampleMail(kind, writer(language), { deskUrl: "https://desk.example", html: safeHtml });
const htmlOf = (kind: MailKind, language: MailLanguage): string =>
  mailHtml(sample(kind, language), brand, writer(language));
const all = mailLanguages.flatMap((language) => mailKinds.map((kind) => [kind, language] as const));

/** Every sentence by its place, such as `received.subject`. */
function sentences(words: object, at = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === "string" ? [[at + key, value]] : sentences(value as object, `${at}${key}.`),
  );
}
const holes = (sentence: string): string[] => [...sentence.matchAll(/\{[a-z]+\}/g)].map(([hole]) => hole).sort();

describe("X4 the words of mails", () => {
  const english = new Map(sentences(mailWords.en));
  const others = mailLanguages.filter((language) => language !== "en");
  /** Names, and what is the same word in both languages. */
  const mayBeSame = /^sample\.(customer|staff|team)$|^(facts|priorities|costs)\./;

  it("are in the seven languages", () => expect(mailLanguages).toEqual(["en", "de", "fr", "es", "pt", "ja", "ar"]));

  it.each(others)("are complete in %s", (language) => {
    const own = new Map(sentences(mailWords[language]));
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [place, sentence] of own) {
      expect(sentence.trim(), place).toBe(sentence);
      expect(sentence, place).not.toBe("");
      if (!mayBeSame.test(place)) expect(sentence, place).not.toBe(english.get(place));
    }
  });

  it.each(others)("are filled in with the same in %s", (language) => {
    for (const [place, sentence] of sentences(mailWords[language]))
      expect([place, holes(sentence)]).toEqual([place, holes(english.get(place) ?? "")]);
  });
});

describe("E1 every mail", () => {
  it.each(all)("says %s in %s as HTML and as text, with nothing left to fill in", (kind, language) => {
    const content = sample(kind, language);
    const html = htmlOf(kind, language);
    const text = mailText(content, brand, writer(language));
    const dir = language === "ar" ? "rtl" : "ltr";
    expect(html).toContain(`<html lang="${language}" dir="${dir}"`);
    expect(`${content.subject}${html.replaceAll(/<style>.*?<\/style>/gs, "")}${text}`).not.toMatch(
      /\{[a-z]+\}|undefined|null/,
    );
    for (const said of [content.heading, ...content.paragraphs, content.reason]) expect(text).toContain(said);
    const isAccount = accountMails.some((one) => one === kind);
    expect(content.unsubscribeUrl === undefined).toBe(isAccount);
    expect(text.includes(mailWords[language].stop)).toBe(!isAccount);
  });

  it.each(mailKinds)("is understood by mail programs: %s", (kind) => {
    const clients = ["gmail.*", "outlook.*", "apple-mail.*", "yahoo.*", "gmx.*", "thunderbird.*"] as const;
    const found = doIUseEmail(htmlOf(kind, "en"), { emailClients: [...clients] as never });
    const errors = found.success ? [] : found.errors;
    const missing = new Set(errors.map((error) => /^`([^`]+)` is not supported/.exec(error)?.[1] ?? error));
    // Where these are dropped, corners are square and a light mail stays light.
    const inHead = ["@media", "@media (prefers-color-scheme)", "color-scheme meta tag", "Attribute selector"];
    const selectors = ["Class selector", "Descendant combinator", "Type selector"];
    const looks = [
      "border-radius",
      "white-space",
      "white-space:nowrap",
      "max-width",
      "display:inline-block",
      "dir attribute",
      "<bdi> element",
    ];
    // The line beside the subject is hidden in three ways, of which each program knows one.
    const hidden = ["display:none", "max-height", "overflow"];
    const meaning = ["role attribute", "target attribute", "<body> element"];
    const niceToHave = new Set([...inHead, ...selectors, ...looks, ...hidden, ...meaning]);
    expect([...missing].filter((feature) => !niceToHave.has(feature))).toEqual([]);
  });

  it("lays out with tables, and styles whatever says something where it stands", () => {
    for (const kind of mailKinds) {
      const html = htmlOf(kind, "en");
      const body = html.slice(html.indexOf("<body"));
      expect(body).not.toMatch(/<(div|p|a|td|h1|ul|ol|pre|code)(?![^>]*style=)[^>]*>(?=\s*[^\s<])/);
      expect(body).not.toMatch(/display:\s*(flex|grid)|position:|float:|url\(|<script|<link|<form|calc\(|var\(/);
      expect(new TextEncoder().encode(html).length).toBeLessThan(100_000); // Gmail cuts off what is longer
    }
  });

  it("shows what people typed as text, in a mail of the other direction as well", () => {
    const evil = `</td><script>alert(1)</script>"'><img src=x onerror=y>`;
    const words = { ...sample("team-assigned", "ar"), heading: evil, facts: [[evil, evil]] as const, reason: evil };
    const named = { ...brand, siteName: evil, logoUrl: `https://a.example/"onerror="y` };
    const html = mailHtml(
      { ...words, button: { label: evil, url: `https://a.example/"onclick="y` } },
      named,
      writer("ar"),
    );
    expect(html).not.toMatch(/<script|<img src=x|"onerror=|"onclick=/);
    expect(sample("team-assigned", "ar").subject).toContain("\u2068");
    expect(sample("team-assigned", "de").subject).not.toContain("\u2068");
  });
});
