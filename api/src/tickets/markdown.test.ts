import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { safeHtml } from "./markdown.ts";

/** Everything that a browser would run or load, however it is written. */
const attacks = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<iframe src='javascript:alert(1)'></iframe>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  "<a href='javascript:alert(1)'>x</a>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](vbscript:msgbox(1))",
  "[x](//evil.example/x)",
  "[x](/v1/support/tickets)",
  "[x](#top)",
  '[x](https://a.example/"onmouseover="alert(1))',
  "[x](https://a.example 'onmouseover=alert(1)')",
  "![x](https://evil.example/pixel.png)",
  "![x](javascript:alert(1))",
  '![x" onerror="alert(1)](https://a.example/a.png)',
  "<javascript:alert(1)>",
  "<https://a.example/><script>alert(1)</script>",
  "`<script>alert(1)</script>`",
  "```\n<script>alert(1)</script>\n```",
  '```"><script>alert(1)</script>\nx\n```',
  "    <script>alert(1)</script>",
  "> <img src=x onerror=alert(1)>",
  "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
  "<!-- --!><script>alert(1)</script> -->",
  "<style>@import 'https://evil.example';</style>",
  "<form action=https://evil.example><input name=password><button>x</button></form>",
  "<base href=https://evil.example>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  "<object data=javascript:alert(1)>",
  "<p style='background:url(https://evil.example)'>x</p>",
  "<details open ontoggle=alert(1)>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "[x]: javascript:alert(1)\n\n[x]",
  "[a\n](javascript:alert(1))",
  "- [ ] <input autofocus onfocus=alert(1)>",
];

describe("safe HTML", () => {
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
