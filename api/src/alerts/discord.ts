import { colorOf, moreOf, type AlertContent, type AlertRow } from "./alert-content.ts";
import { cut } from "../core/cut.ts";

/** Discord takes 6000 characters over all embeds of a message; this leaves room for what counts differently there. */
const mostInAll = 5500;
const mostTitle = 256;
const mostDescription = 1500;
const mostValue = 1024;
const calm = 0x0d5f85;

interface Embed {
  title: string;
  url: string;
  color: number;
  description?: string;
  fields?: { name: string; value: string; inline: boolean }[];
  footer?: { text: string };
}

/** A message for a webhook of Discord: one embed for each ticket, coloured by priority. Nobody is ever mentioned by it. */
export function discordMessage(content: AlertContent): string {
  const embeds: Embed[] = [];
  let left = mostInAll;
  let more = content.more;
  for (const row of content.rows) {
    const embed = embedOf(row);
    const size = sizeOf(embed);
    if (size > left || embeds.length === 9) more += 1;
    else {
      embeds.push(embed);
      left -= size;
    }
  }
  if (content.figures.length > 0 || content.note)
    embeds.push({
      title: cut(content.title, mostTitle),
      url: content.url,
      color: calm,
      ...(content.note ? { description: content.note } : {}),
      fields: content.figures.map(([name, value]) => ({ name, value: cut(value, mostValue), inline: true })),
    });
  else if (more > 0) embeds.push({ title: cut(moreOf(content, more), mostTitle), url: content.url, color: calm });
  const last = embeds.at(-1);
  if (last) last.footer = { text: cut(content.siteName, 100) };
  const hasTitle = content.rows.length > 0;
  return JSON.stringify({
    ...(hasTitle ? { content: `**${escapeMarkdown(content.title)}**` } : {}),
    embeds,
    allowed_mentions: { parse: [] },
  });
}

function embedOf({ emoji, number, subject, url, priority, what, facts, text }: AlertRow): Embed {
  const description = [what && escapeMarkdown(what), text && `>>> ${escapeMarkdown(text)}`].filter(Boolean).join("\n");
  return {
    title: cut(`${emoji} ${number} ${escapeMarkdown(subject)}`, mostTitle),
    url,
    color: colorOf[priority],
    ...(description ? { description: cut(description, mostDescription) } : {}),
    fields: facts.map(([name, value]) => ({
      name,
      value: cut(escapeMarkdown(value), mostValue),
      inline: true,
    })),
  };
}

const sizeOf = ({ title, description = "", fields = [] }: Embed): number =>
  title.length + description.length + fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);

/** Everything that Discord would read as formatting, a mention, an emoji or a link. */
const escapeMarkdown = (text: string): string => text.replace(/[\\`*_~|<>[\]()#:@-]/g, (sign) => `\\${sign}`);
