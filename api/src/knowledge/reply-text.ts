import { replyVariables, type ReplyVariable } from "@sidedesk/contract";

const places = /\{\{([^{}]*)\}\}/g;
const known: ReadonlySet<string> = new Set(replyVariables);

/** What stands between the braces: a name and, after a bar, what to say where there is no value. */
function placeOf(inside: string): { name: string; fallback: string } {
  const bar = inside.indexOf("|");
  return bar < 0
    ? { name: inside.trim(), fallback: "" }
    : { name: inside.slice(0, bar).trim(), fallback: inside.slice(bar + 1).trim() };
}

/** The variables of a text that do not exist, each once, as they were written. */
export const unknownVariables = (body: string): string[] => [
  ...new Set(
    [...body.matchAll(places)].map(([, inside = ""]) => placeOf(inside).name).filter((name) => !known.has(name)),
  ),
];

/** What a variable stands for; a guess gives way to a fallback. */
export type ReplyValues = Partial<Record<ReplyVariable, string | { guess: string }>>;

/**
 * The text with its variables filled in. Values are somebody's words, not ours: they stay words, whatever marks of
 * Markdown or HTML they hold. Fallbacks are part of the reply, and so as good as the rest of it.
 */
export const fillIn = (body: string, values: ReplyValues): string =>
  body.replace(places, (_all, inside: string) => {
    const { name, fallback } = placeOf(inside);
    const given = values[name as ReplyVariable] ?? "";
    const value = (typeof given === "string" ? given : fallback ? "" : given.guess).replace(/\s+/g, " ").trim();
    if (!value) return fallback;
    // Every address was checked to be one; as a link it writes to the customer.
    return name === "customer.email" ? value.replace(/[\\`*_~|&]/g, "\\$&") : asWords(value);
  });

/**
 * Text that Markdown reads as these very characters, addresses that would become links included. What means something only
 * in places is escaped only there, so that numbers and names stay readable.
 */
export function asWords(value: string): string {
  return value
    .replace(/[\\`*[\]<>~|]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/^[#+=-]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/(?<=\p{L}):(?=\S)/gu, "\\:")
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, "\\.");
}
