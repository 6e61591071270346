/* Zendesk's texts may be shorter and much longer than ours; none of them is to be lost. */

export const mostSubject = 200;
export const mostDescription = 5000;
export const mostComment = 10_000;

/** A text that is too short to stand alone, with where it comes from behind it. */
export const atLeast = (min: number, text: string, label: string): string =>
  text.length >= min ? text : text ? `${text} (${label})` : label;

/** A text in parts of which each fits, cut between lines or words where there are any. */
export function partsOf(text: string, most: number, mostOfOthers = most): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let limit = most; rest.length > limit; limit = mostOfOthers) {
    const head = rest.slice(0, limit);
    const between = [head.lastIndexOf("\n"), head.lastIndexOf(" ")].find((place) => place > limit / 2) ?? limit;
    // Never between the halves of a pair.
    const isPair = between === limit && /[\uD800-\uDBFF]$/.test(head);
    const end = isPair ? between - 1 : between;
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

/** What stands under a text whose files were not brought along. */
export const withFiles = (text: string, names: readonly string[]): string =>
  names.length === 0
    ? text
    : `${text}\n\nFiles that stayed in Zendesk: ${names.map((name) => `\`${name.replaceAll(/[`\n\r]/g, " ")}\``).join(", ")}`;

/** Whether a comment repeats the description: Zendesk's first comment does, now and then with other spaces or cut. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replaceAll(/\s+/g, " ").trim()) as [string, string];
  return a === b || (Math.min(a.length, b.length) >= 20 && (a.startsWith(b) || b.startsWith(a)));
}
