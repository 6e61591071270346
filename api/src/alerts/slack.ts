import { moreOf, type AlertContent, type AlertRow } from "./alert-content.ts";
import { cut } from "../core/cut.ts";

/** Slack takes 50 blocks, and some 13 000 characters over all of them without saying so in its reference. */
const mostInAll = 10_000;
const mostHeader = 150;
const mostText = 2900;

type Block =
  | {
      type: "header" | "section";
      text: { type: "plain_text" | "mrkdwn"; text: string; emoji?: false; verbatim?: true };
    }
  | { type: "section"; fields: { type: "plain_text"; text: string; emoji: false }[] }
  | { type: "context"; elements: (PlainText | { type: "mrkdwn"; text: string; verbatim: true })[] };
interface PlainText {
  type: "plain_text";
  text: string;
  emoji: false;
}
const words = (text: string, most = mostText): PlainText => ({
  type: "plain_text",
  text: cut(text, most),
  emoji: false,
});
/** Ours alone: what people typed goes as plain text, which Slack does not read. */
const link = (url: string, label: string) =>
  ({ type: "mrkdwn", text: `<${escapeSlack(url)}|${escapeSlack(label)}>`, verbatim: true }) as const;

/** A message for an incoming webhook of Slack, in blocks; `text` is what notifications read out. */
export function slackMessage(content: AlertContent): string {
  const blocks: Block[] = [{ type: "header", text: words(`${content.title} · ${content.siteName}`, mostHeader) }];
  let left = mostInAll;
  let more = content.more;
  for (const row of content.rows) {
    const made = blocksOf(row);
    const size = JSON.stringify(made).length;
    if (size > left) more += 1;
    else {
      blocks.push(...made);
      left -= size;
    }
  }
  if (content.note) blocks.push({ type: "section", text: words(content.note) });
  if (content.figures.length > 0)
    blocks.push({
      type: "section",
      fields: content.figures.map(([label, value]) => words(`${label}: ${value}`, 1900)),
    });
  const rest = more > 0 ? moreOf(content, more) : content.writer.words.alert.open;
  blocks.push({ type: "context", elements: [link(content.url, rest)] });
  const [only] = content.rows;
  const spoken = content.rows.length === 1 && only ? `${content.title}: ${only.subject}` : content.title;
  return JSON.stringify({
    text: escapeSlack(cut(spoken, 300)),
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks,
  });
}

function blocksOf({ emoji, number, subject, url, what, facts, text }: AlertRow): Block[] {
  const said = facts.map(([, value]) => value);
  return [
    { type: "section", text: words(`${emoji} ${subject}`) },
    {
      type: "context",
      elements: [link(url, number), words([...said, ...(what ? [what] : [])].join(" · "), 1900)],
    },
    ...(text ? [{ type: "section" as const, text: words(text) }] : []),
  ];
}

/** The three signs that Slack reads; everything that would call somebody or lead somewhere begins with the second. */
const escapeSlack = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
