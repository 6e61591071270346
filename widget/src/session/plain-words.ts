/** Markdown without its signs, for one line of preview. */
export const plainWords = (body: string): string =>
  body
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(?:[-*+>]|#{1,6}|\d+[.)])\s+/gm, "")
    .replace(/\*\*|__|~~|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)/g, "")
    .replace(/\s+/g, " ")
    .trim();
