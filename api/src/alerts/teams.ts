import { moreOf, type AlertContent, type AlertRow } from "./alert-content.ts";

/** Teams takes 28 KB; this leaves room for what the workflow adds. */
const mostBytes = 24_000;
const style = { critical: "attention", high: "warning", medium: "accent", low: "default" } as const;

type Run = { type: "TextRun"; text: string; weight?: "Bolder"; isSubtle?: true; size?: "Large" };
const run = (text: string, more: Partial<Run> = {}): Run => ({ type: "TextRun", text, ...more });
/** Runs of text are shown as they are: Teams reads Markdown in blocks of text and in facts, and not here. */
const line = (...inlines: Run[]) => ({ type: "RichTextBlock", inlines });

/** A message for a Teams workflow ("When a Teams webhook request is received"): an Adaptive Card as an attachment. */
export function teamsMessage(content: AlertContent): string {
  for (let shown = content.rows.length; ; shown -= 1) {
    const message = messageOf(content, shown);
    if (shown === 0 || Buffer.byteLength(message) <= mostBytes) return message;
  }
}

function messageOf(content: AlertContent, shown: number): string {
  const more = content.more + content.rows.length - shown;
  const body = [
    line(run(content.title, { weight: "Bolder", size: "Large" })),
    line(run(content.siteName, { isSubtle: true })),
    ...(content.note ? [line(run(content.note))] : []),
    ...content.figures.map(([label, value]) =>
      line(run(`${label}: `, { isSubtle: true }), run(value, { weight: "Bolder" })),
    ),
    ...content.rows.slice(0, shown).map(rowOf),
    ...(more > 0 ? [line(run(moreOf(content, more), { isSubtle: true }))] : []),
  ];
  const card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body,
    actions: [{ type: "Action.OpenUrl", title: content.writer.words.alert.open, url: content.url }],
    msteams: { width: "Full" },
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  return JSON.stringify({ type: "message", attachments: [{ contentType, contentUrl: null, content: card }] });
}

function rowOf({ emoji, number, subject, url, priority, what, facts, text }: AlertRow) {
  const said = facts.map(([, value]) => value);
  return {
    type: "Container",
    style: style[priority],
    separator: true,
    selectAction: { type: "Action.OpenUrl", title: number, url },
    items: [
      line(run(`${emoji} ${subject}`, { weight: "Bolder" })),
      line(run([number, ...said].join(" · "), { isSubtle: true })),
      ...(what ? [line(run(what))] : []),
      ...(text ? [line(run(text))] : []),
    ],
  };
}
