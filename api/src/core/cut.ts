/** The beginning of a text, of at most so many UTF-16 units and with no character cut in two. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text
    .slice(0, most - 1)
    .trimEnd()
    .replace(/[\ud800-\udbff]$/, "");
  return `${kept}…`;
}
