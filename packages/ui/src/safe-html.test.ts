import { expect } from "@open-wc/testing";
import { safeHref, safeHtml } from "./safe-html.ts";

const shown = (source: string): string => {
  const host = document.createElement("div");
  host.append(safeHtml(source));
  return host.getHTML().replaceAll(' dir="auto"', "");
};

describe("safeHtml", () => {
  it("keeps what Markdown makes", () => {
    const source =
      "<p>One <strong>two</strong><br><em>three</em> <code>a &lt; b</code></p><ul><li>x</li></ul><pre><code>y</code></pre>";
    expect(shown(source)).to.equal(source);
    expect(shown('<ol start="3"><li>x</li></ol>')).to.equal('<ol start="3"><li>x</li></ol>');
  });
  it("opens links elsewhere, and only where links may lead", () => {
    expect(shown('<a href="https://a.example/?x=1&amp;y=2">a</a>'))
      .to.contain('href="https://a.example/?x=1&amp;y=2"')
      .and.contain("noopener");
    for (const href of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "&#106;avascript:alert(1)",
      "data:text/html,x",
      "//evil.example",
      "vbscript:x",
    ])
      expect(shown(`<a href="${href}">a</a>`), href).to.equal("<a>a</a>");
    expect(safeHref("mailto:a@b.example")).to.equal("mailto:a@b.example");
  });
  it("drops tags and attributes it does not know, and keeps their text as text", () => {
    expect(shown('<p onclick="x()" style="color:red">a<script>b</script><img src=x onerror=y()></p>')).to.equal(
      "<p>ab</p>",
    );
    expect(shown("<svg><a href='javascript:x'>t</a></svg>")).to.equal("<a>t</a>");
    expect(shown("1 < 2 &amp; &unknown; &#x41;&nbsp;")).to.equal("1 &lt; 2 &amp; &amp;unknown; A&nbsp;");
  });
  it("survives what is not closed, closed twice or very deep", () => {
    expect(shown("<p><strong>a</p>b</strong>")).to.equal("<p><strong>a</strong></p>b");
    expect(shown("</p></p>x")).to.equal("x");
    expect(shown("<blockquote>".repeat(500) + "x")).to.contain("x");
    expect(shown("<".repeat(5000)).length).to.equal(20_000);
  });
});
