import { Marked } from "marked";
import sanitize from "sanitize-html";

const escape = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

/** HTML that somebody typed is text; a picture becomes a link, since loading it would tell a stranger who reads. */
const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ href, text }) => `<a href="${escape(href)}">${escape(text || href)}</a>`,
    checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
  },
});

const allowed: sanitize.IOptions = {
  allowedTags: [
    "p",
    "br",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
  ],
  allowedAttributes: { a: ["href", "rel", "target"], ol: ["start"], th: ["align"], td: ["align"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  disallowedTagsMode: "discard",
  nestingLimit: 40,
  transformTags: {
    a: (tagName, { href = "" }) => ({
      tagName,
      attribs: (/^(https?:\/\/|mailto:)/i.test(href)
        ? { href, rel: "noopener noreferrer nofollow", target: "_blank" }
        : {}) as Record<string, string>,
    }),
  },
};

/** Nothing in it that Markdown reads as more than paragraphs and line breaks. */
const marks = /[\\`*_{}[\]<>#~|&@]|:\/\/|www\.|^\s*([-+=]|\d+[.)])|^(\s{4}|\t)| {2,}$/im;

/** Markdown as a person typed it, as HTML that is safe in anybody's page. Two fences: no raw HTML in, an allow list out. */
export function safeHtml(markdown: string): string {
  const text = markdown.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  if (!marks.test(text)) return paragraphs(text);
  try {
    return sanitize(marked.parse(text, { async: false }), allowed).trim();
  } catch {
    // Nested thousands deep, which no person writes: shown as typed rather than refused.
    return paragraphs(text);
  }
}

/** What {@link marked} makes of plain text, at a twentieth of the cost; most messages are plain. */
function paragraphs(text: string): string {
  return text
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => `<p>${escapeText(part).replace(/[ \t]*\n[ \t]*/g, "<br />")}</p>`)
    .join("\n");
}
/** As the sanitizer writes text: quotes stay as they are. */
const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
