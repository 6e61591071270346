import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { attacks } from "../../../test/support/attacks.ts";
import { safeHtml } from "./markdown.ts";

describe("T4 safe HTML", () => {
  it.each(attacks)("lets nothing run or load: %s", (markdown) => {
    const html = safeHtml(markdown);
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)];
    const known =
      "p br strong em s del code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 hr a table thead tbody tr th td".split(" ");
    for (const [, tag = "", attributes = ""] of tags) {
      expect(known).toContain(tag);
      const rest = attributes
        .replace(/ href="(https?:\/\/|mailto:)[^"]*"/g, "")
        .replace(' rel="noopener noreferrer nofollow"', "")
        .replace(' target="_blank"', "")
        .replace(/ (start|align)="\w+"/g, "");
      expect(rest.replace("/", "").trim()).toBe("");
    }
  });

  it.each([
    ["**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"],
    ["one\ntwo", "<p>one<br />\ntwo</p>"],
    ["1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"],
    ["<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"],
    [
      "https://a.example/x?a=1&b=2",
      '<p><a href="https://a.example/x?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">https://a.example/x?a=1&amp;b=2</a></p>',
    ],
    [
      "![plan](https://a.example/p.png)",
      '<p><a href="https://a.example/p.png" rel="noopener noreferrer nofollow" target="_blank">plan</a></p>',
    ],
    ["[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"],
  ])("writes %j as %s", (markdown, html) => expect(safeHtml(markdown)).toBe(html));

  it("makes of plain text by the short way what the long way makes of it", () => {
    const long = (text: string) =>
      new MarkdownIt({ breaks: true, xhtmlOut: true }).render(text).trim().replaceAll("&quot;", '"');
    for (const text of [
      "Hello",
      "Hello, it's broken: “why”?\nSecond line\n\nNext part (really).",
      "  spaced  \n lines ",
      "a\n\n\n\nb",
      'He said "no"; 50% done.',
      "日本語のテキスト\nです",
      "مرحبا",
    ])
      expect(safeHtml(text)).toBe(long(text));
  });

  it.each([
    [">".repeat(10_000)],
    ["[".repeat(10_000)],
    ["- ".repeat(5_000)],
    ["<a".repeat(5_000)],
    ["![".repeat(5_000)],
    ["~~".repeat(5_000)],
    ["*a_".repeat(3_333)],
    ["&**a".repeat(2_500)],
    ["\n- a".repeat(2_500)],
    [Array.from({ length: 140 }, (_, depth) => `${" ".repeat(depth)}- a`).join("\n")],
  ])("survives what no person writes", (markdown) => {
    const begun = performance.now();
    expect(typeof safeHtml(markdown)).toBe("string");
    // Not a measurement: a fence against text that would hold the process for seconds.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
