const line = "#dce2e6";
const block = "margin:0 0 10px";
const mono = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px;background-color:#f5f7f8";

/** What the tags of a message look like in a mail, where no style sheet reaches them. */
const styleOf: Readonly<Record<string, string>> = {
  p: block,
  ul: `${block};padding:0 22px`,
  ol: `${block};padding:0 22px`,
  blockquote: `${block};padding:0 12px;color:#56656f`,
  pre: `${block};padding:8px 10px;${mono};white-space:pre-wrap`,
  code: mono,
  a: "color:#0d5f85;text-decoration:underline",
  h1: `${block};font-size:17px;line-height:24px`,
  h2: `${block};font-size:17px;line-height:24px`,
  h3: `${block};font-size:15px;line-height:23px`,
  h4: `${block};font-size:15px;line-height:23px`,
  h5: `${block};font-size:15px;line-height:23px`,
  h6: `${block};font-size:15px;line-height:23px`,
  hr: `${block};border:0;border-top:1px solid ${line}`,
  table: `${block};border-collapse:collapse`,
  th: `padding:4px 8px;border:1px solid ${line};text-align:start`,
  td: `padding:4px 8px;border:1px solid ${line}`,
};
const tags = new RegExp(`<(${Object.keys(styleOf).join("|")})(?=[ >/])`, "g");

/** Styles a message's own HTML, which is safe and carries no style: the sanitizer lets none through. */
export const quoteStyles = (html: string): string =>
  html.replace(tags, (_whole, tag: string) => `<${tag} style="${styleOf[tag]}"`);
