import MagicString from "magic-string";

/** Stands at the head of each style sheet until here: by now `css` has some other name. */
export const sheetMark = "/**/";
const sheet = /`\/\*\*\/([^`]*)`/g;
/** `--sidedesk-…` is what owners set; every other custom property is ours. */
const own = /--(?!sidedesk)[a-z][\w-]*/g;
/** Where our code names one, it does so in quotes: as a key, or as a value. */
const quoted = /"(?:var\()?--(?!sidedesk)[a-z][\w-]*\)?"/g;

/**
 * Makes the style sheets of a bundle short: custom properties that nobody reads are left out, those with one small value are
 * put in where they are read, the others get names of a few letters, the same in every piece; and what compresses alike lies
 * side by side.
 */
export function shortCss() {
  let found;
  return {
    name: "short-css",
    renderStart() {
      found = undefined;
    },
    renderChunk(code, _chunk, _options, { chunks }) {
      const modules = Object.values(chunks).flatMap((chunk) => Object.values(chunk.modules));
      found ??= read(modules.map((module) => module.code ?? ""));
      const { names, plain } = found;
      const text = new MagicString(code);
      const shorten = (long) => long.replace(own, (name) => names.get(name) ?? name);
      const put = (start, before, after) => before !== after && text.update(start, start + before.length, after);
      for (const { 1: css, index } of code.matchAll(sheet)) put(index + 1, sheetMark + css, shorten(plain(css)));
      for (const { 0: whole, index } of code.matchAll(quoted)) put(index, whole, shorten(whole));
      gather(text, code, /^const [\w$]+ = [\w$]+`\/\*\*\/[^`$]*`;\n/gm);
      gather(text, code, /^const [\w$]+ = \(\) => [\w$]+`<(?:path|circle|rect|line)[^`$]*`;\n/gm);
      return { code: text.toString(), map: text.generateMap({ hires: true }) };
    },
  };
}

const declared = /(?<=[{;])(--(?!sidedesk)[\w-]+):([^;{}]*)(?:;|(?=\}))/g;
/** The minifier leaves the values of custom properties as they are written. */
const tight = (value) =>
  value
    .trim()
    .replace(/\s*,\s*/g, ",")
    .replace(/\(\s+/g, "(")
    .replace(/\s+\)/g, ")")
    .replace(/#(\w)\1(\w)\2(\w)\3\b/g, "#$1$2$3");
const small = /^-?[\w.]{1,8}$/;

/** How to leave out what is not needed (`plain`), and a name for each property that stays: the shortest for the most used. */
function read(texts) {
  const named = texts.flatMap((text) => (text.match(quoted) ?? []).flatMap((one) => one.match(own)));
  let sheets = texts.flatMap((text) => [...text.matchAll(sheet)].map(([, css]) => css));
  const values = new Map();
  for (const css of sheets)
    for (const [, name, value] of css.matchAll(declared)) values.set(name, [...(values.get(name) ?? []), tight(value)]);
  const fixed = new Map();
  for (const [name, [value, ...others]] of values)
    if (!others.length && small.test(value) && !named.includes(name)) fixed.set(name, value);
  const dead = new Set(fixed.keys());
  const plain = (css) =>
    css
      .replace(declared, (whole, name, value) =>
        dead.has(name) ? "" : `${name}:${tight(value)}${whole.endsWith(";") ? ";" : ""}`,
      )
      .replace(/var\((--[\w-]+)\)/g, (whole, name) => fixed.get(name) ?? whole);
  for (let before = -1; before < dead.size;) {
    before = dead.size;
    sheets = sheets.map(plain);
    const used = new Set([...named, ...sheets.flatMap((css) => css.match(/(?<=var\()--[\w-]+/g) ?? [])]);
    for (const name of values.keys()) if (!used.has(name)) dead.add(name);
  }
  const counts = new Map();
  for (const name of [...named, ...sheets.flatMap((css) => css.match(own) ?? [])])
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const byUse = [...counts].sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
  return { plain, names: new Map(byUse.map(([name], at) => [name, `--s${at.toString(36)}`])) };
}

/** Moves all that `pattern` finds to the first of it. */
function gather(text, code, pattern) {
  const [first, ...rest] = code.matchAll(pattern);
  if (!first) return;
  const to = first.index + first[0].length;
  for (const { index, 0: found } of rest) if (index !== to) text.move(index, index + found.length, to);
}
