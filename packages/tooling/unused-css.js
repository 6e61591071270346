import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Every word of the sources that are not style sheets: a class that is none of them is on no element. Of a word that is put
 * together, as in `entry-${kind}`, the beginning counts for all that may follow.
 */
export function wordsOf(folders) {
  const words = new Set();
  const beginnings = new Set();
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      // The gallery is a bundle of its own: what it says of the elements keeps no rule in theirs.
      if (!name.endsWith(".ts") || /\.(styles|test)\.ts$|^gallery\W/.test(name)) continue;
      const text = readFileSync(join(root, folder, name), "utf8");
      for (const word of text.match(/[\w-]+/g) ?? []) words.add(word);
      for (const [, word] of text.matchAll(/([\w-]+-)\$\{/g)) beginnings.add(word);
    }
  return { has: (name) => words.has(name) || [...beginnings].some((one) => name.startsWith(one)) };
}

/**
 * Minified CSS without the rules whose every selector names a class that is not among `words`. Parts are shared by
 * widget, portal and console; each is delivered with what it uses of them.
 */
export function withoutUnused(css, words) {
  let out = "";
  for (let at = 0; at < css.length;) {
    const open = css.slice(at).search(/[{;]/) + at;
    if (open < at || css[open] === ";") {
      const end = open < at ? css.length : open + 1;
      out += css.slice(at, end);
      at = end;
      continue;
    }
    const head = css.slice(at, open);
    const end = closing(css, open);
    const body = css.slice(open + 1, end);
    if (/^@(media|supports)/.test(head)) {
      const kept = withoutUnused(body, words);
      if (kept) out += `${head}{${kept}}`;
    } else if (head.startsWith("@")) out += `${head}{${body}}`;
    else {
      const used = selectors(head).filter((one) =>
        (one.match(/\.[a-z][\w-]*/gi) ?? []).every((name) => words.has(name.slice(1))),
      );
      if (used.length) out += `${used.join(",")}{${body}}`;
    }
    at = end + 1;
  }
  return out;
}

function closing(css, open) {
  let depth = 0;
  for (let at = open; at < css.length; at += 1) {
    if (css[at] === "{") depth += 1;
    if (css[at] === "}" && --depth === 0) return at;
  }
  throw new Error(`Unbalanced style sheet near: ${css.slice(open, open + 80)}`);
}

/** Splits at the commas that stand outside parentheses. */
function selectors(head) {
  const found = [];
  let depth = 0;
  let last = 0;
  for (let at = 0; at <= head.length; at += 1) {
    if (head[at] === "(") depth += 1;
    if (head[at] === ")") depth -= 1;
    if (at < head.length && (head[at] !== "," || depth)) continue;
    found.push(head.slice(last, at));
    last = at + 1;
  }
  return found;
}
