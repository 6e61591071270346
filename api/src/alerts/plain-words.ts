/** Stands between characters that would mean something together, and is not seen. */
const gap = "\u200b";

/**
 * What somebody typed, as words and nothing more: on one line, without characters that hide or turn text, and so that no
 * service makes a mention or a link of it. What a service takes for formatting is its own matter.
 */
export function plain(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are what is to go
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
      // Marks that turn the direction of what follows, or are not seen at all.
      .replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
      .replace(/ {2,}/g, " ")
      .trim()
      .replace(/@(?=[\p{L}\p{N}&!])/gu, `@${gap}`)
      .replace(/([a-z][a-z0-9+.-]*):(?=\/\/)/gi, `$1:${gap}`)
      .replace(/\b(www)\.(?=\S)/gi, `$1.${gap}`)
  );
}
