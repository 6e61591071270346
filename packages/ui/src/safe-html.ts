/*
 * The server has already made this HTML safe. Here it is not trusted again: a tokenizer builds elements from a short
 * list and text nodes from all the rest, so no string ever reaches an HTML sink. That is why a page that requires
 * Trusted Types needs to allow nothing for it, and why a mistake on the server could not run in a customer's browser.
 */
const allowed = new Set(
  "p a strong b em i u s del code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 br hr table thead tbody tr th td span mark".split(
    " ",
  ),
);
const empty = new Set(["br", "hr"]);
const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function decode(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name) return named[name.toLowerCase()] ?? whole;
      const point = hex ? parseInt(hex, 16) : Number(decimal);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

/** An address that may stand behind a link in a message, or undefined. */
export function safeHref(value: string): string | undefined {
  const href = decode(value).trim();
  return /^(https?:\/\/|mailto:)/i.test(href) ? href : undefined;
}

function makeElement(tag: string, attributes: string): HTMLElement {
  const element = document.createElement(tag);
  const href = tag === "a" ? /\shref="([^"]*)"/i.exec(attributes)?.[1] : undefined;
  const target = href === undefined ? undefined : safeHref(href);
  if (target) {
    element.setAttribute("href", target);
    element.setAttribute("target", "_blank");
    element.setAttribute("rel", "noopener noreferrer nofollow");
  }
  const start = tag === "ol" ? /\sstart="(\d{1,9})"/i.exec(attributes)?.[1] : undefined;
  if (start) element.setAttribute("start", start);
  if (/^(p|ul|ol|h[1-6]|blockquote|pre|table)$/.test(tag)) element.dir = "auto";
  return element;
}

/** Builds a fragment from the server's safe HTML. Unknown tags vanish, their text stays. */
export function safeHtml(source: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const open: (DocumentFragment | HTMLElement)[] = [fragment];
  for (const [whole, slash, name, attributes] of source.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>|<!--[^]*?-->|[^<]+|</gi,
  )) {
    const parent = open.at(-1) ?? fragment;
    const tag = name?.toLowerCase();
    if (tag === undefined) {
      if (!whole.startsWith("<!--")) parent.append(decode(whole));
    } else if (!allowed.has(tag)) {
      continue;
    } else if (slash) {
      const at = open.findLastIndex((node) => node instanceof HTMLElement && node.localName === tag);
      if (at > 0) open.length = at;
    } else {
      const element = makeElement(tag, attributes ?? "");
      parent.append(element);
      if (!empty.has(tag) && open.length < 60) open.push(element);
    }
  }
  return fragment;
}
