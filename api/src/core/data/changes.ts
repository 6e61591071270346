type Plain = Record<string, unknown>;
export interface Changes {
  before: Plain;
  after: Plain;
}

/** What looks like a way in is named and never shown. The addresses of chat channels are such. */
const secret = /(^|\.)(url|token|secret|password|key|webhook)$/i;
const hidden = "(not shown)";
const longest = 2000;

/**
 * What differs between two objects, by dotted path, with both sides; null when nothing does. Lists are compared whole.
 * Secrets are named without their text, and what is long is cut.
 */
export function changesBetween(before: object, after: object): Changes | null {
  const was = flatten(before as Plain);
  const is = flatten(after as Plain);
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
    (path) => JSON.stringify(was.get(path)) !== JSON.stringify(is.get(path)),
  );
  if (changed.length === 0) return null;
  const side = (of: Map<string, unknown>): Plain =>
    Object.fromEntries(changed.filter((path) => of.has(path)).map((path) => [path, shown(path, of.get(path))]));
  return { before: side(was), after: side(is) };
}

function flatten(value: Plain, base = "", into = new Map<string, unknown>()): Map<string, unknown> {
  for (const [key, inner] of Object.entries(value)) {
    const path = base ? `${base}.${key}` : key;
    if (typeof inner === "object" && inner !== null && !Array.isArray(inner) && !(inner instanceof Date))
      flatten(inner as Plain, path, into);
    else if (inner !== undefined) into.set(path, inner);
  }
  return into;
}

function shown(path: string, value: unknown): unknown {
  if (secret.test(path) && value !== null) return hidden;
  const text = JSON.stringify(value) ?? "";
  if (text.length <= longest) return value;
  return Array.isArray(value) ? `${value.length} entries` : `${text.slice(0, longest)}…`;
}
