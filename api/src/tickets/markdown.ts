import MarkdownIt from "markdown-it";
import sanitize from "sanitize-html";
import { linkMentions } from "./mentions.ts";

/**
 * The library is one that text made to slow it down does not hold for seconds (marked: 12 s for 10,000 characters of
 * `**__a`). HTML that somebody typed is text;
 * a picture becomes a link, since loading it would tell a stranger who reads.
 */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, xhtmlOut: true, maxNesting: 40 });
markdown.renderer.rules["image"] = (tokens, index) => {
  const token = tokens[index];
  const href = String(token?.attrGet("src") ?? "");
  return `<a href="${escapeText(href)}">${escapeText(token?.content || href)}</a>`;
};

const allowed: sanitize.IOptions = {
  allowedTags:
    "p br strong em s del code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 hr a mark table thead tbody tr th td".split(
      " ",
    ),
  allowedAttributes: { a: ["href", "rel", "target"], ol: ["start"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  disallowedTagsMode: "discard",
  nestingLimit: 60,
  transformTags: { a: (_name, { href = "" }) => link(href) },
};

function link(href: string): sanitize.Tag {
  const attribs: sanitize.Attributes = /^(https?:\/\/|mailto:)/i.test(href)
    ? { href, rel: "noopener noreferrer nofollow", target: "_blank" }
    : {};
  return { tagName: "a", attribs };
}

/** A colleague who is named becomes a mark, which nothing else that is typed does. */
const withMentions = (mentioned: ReadonlyMap<string, string>): sanitize.IOptions => ({
  ...allowed,
  transformTags: {
    a: (_name, { href = "" }) =>
      href.startsWith("staff:") && mentioned.has(href.slice(6)) ? { tagName: "mark", attribs: {} } : link(href),
  },
});

/** Something in it that Markdown reads as more than paragraphs and line breaks. */
const marks = /[\\`*_{}[\]<>#~|&@]|:\/\/|\w\.\w|^\s*([-+=]|\d+[.)])|^(\s{4}|\t)/m;

/**
 * Markdown as a person typed it, as HTML that is safe in anybody's page. Two fences: no raw HTML in, an allow list out.
 * `mentioned` are the colleagues whom a note may name, id to name.
 */
export function safeHtml(typed: string, mentioned?: ReadonlyMap<string, string>): string {
  const text = typed.replace(/\r\n?/g, "\n");
  if (mentioned?.size) return sanitize(markdown.render(linkMentions(text, mentioned)), withMentions(mentioned)).trim();
  return marks.test(text) ? sanitize(markdown.render(text), allowed).trim() : paragraphs(text);
}

/** What the long way makes of plain text, at a fraction of the cost; most messages are plain. */
function paragraphs(text: string): string {
  return text
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => `<p>${part.replace(/[ \t]*\n[ \t]*/g, "<br />\n")}</p>`)
    .join("\n");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
