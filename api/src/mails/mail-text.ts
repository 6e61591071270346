import type { Branding, MailContent } from "./mail-content.ts";
import type { Writer } from "./writer.ts";

/** The same mail, for who reads text. */
export function mailText(content: MailContent, { siteName }: Pick<Branding, "siteName">, { words }: Writer): string {
  const { heading, paragraphs, quote, facts, items = [], button, reason, unsubscribeUrl } = content;
  const parts = [
    heading,
    ...paragraphs,
    ...(quote
      ? [
          `${quote.by}:`,
          quote.body
            .split("\n")
            .map((row) => `> ${row}`)
            .join("\n"),
        ]
      : []),
    ...(facts ? [facts.map(([label, value]) => `${label}: ${value}`).join("\n")] : []),
    ...items.map(({ title, text, url }) => [`* ${title}`, `  ${text}`, ...(url ? [`  ${url}`] : [])].join("\n")),
    ...(button ? [`${button.label}:\n${button.url}`] : []),
    `-- \n${siteName}\n${reason}${unsubscribeUrl ? `\n${words.stop}: ${unsubscribeUrl}` : ""}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
