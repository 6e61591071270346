import type { Caught } from "./webhook-sink.ts";

/*
 * What the services take, from their references: a message that breaks a rule is refused there as well. Each answers with
 * what is wrong with a request, in words; with nothing when it would be taken.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what arrives is judged, not trusted
type Json = any;

class Judge {
  readonly wrong: string[] = [];
  that(holds: boolean, what: string): void {
    if (!holds) this.wrong.push(what);
  }
  text(value: unknown, least: number, most: number, what: string): void {
    const isText = typeof value === "string";
    this.that(isText && value.length >= least && value.length <= most, `${what} has ${least} to ${most} characters`);
    if (isText) this.that((value as string & { isWellFormed(): boolean }).isWellFormed(), `${what} is well-formed`);
  }
  only(of: Json, names: readonly string[], what: string): void {
    const others = Object.keys((of as object | null) ?? {}).filter((name) => !names.includes(name));
    this.that(others.length === 0, `${what} has no ${others.join(", ")}`);
  }
}

function jsonOf({ body, headers, method }: Caught, judge: Judge): Json {
  judge.that(method === "POST", "is posted");
  judge.that((headers["content-type"] ?? "").startsWith("application/json"), "is JSON");
  try {
    return JSON.parse(body);
  } catch {
    judge.that(false, "can be read as JSON");
    return {};
  }
}

/** Execute Webhook, and the limits of embeds. */
export function judgeDiscord(request: Caught): string[] {
  const judge = new Judge();
  const message = jsonOf(request, judge);
  judge.only(message, ["content", "embeds", "allowed_mentions", "username", "avatar_url", "tts"], "a message");
  const embeds: Json[] = message.embeds ?? [];
  judge.that(message.content !== undefined || embeds.length > 0, "has content or embeds");
  if (message.content !== undefined) judge.text(message.content, 1, 2000, "content");
  judge.that(embeds.length <= 10, "has at most 10 embeds");
  let sum = 0;
  for (const embed of embeds) {
    judge.only(embed, ["title", "url", "color", "description", "fields", "footer", "timestamp", "author"], "an embed");
    judge.text(embed.title, 1, 256, "a title");
    if (embed.description !== undefined) judge.text(embed.description, 1, 4096, "a description");
    if (embed.url !== undefined) judge.that(/^https?:\/\//.test(embed.url as string), "an embed's url is one");
    judge.that(Number.isInteger(embed.color) && embed.color >= 0 && embed.color <= 0xffffff, "a colour is a number");
    const fields: Json[] = embed.fields ?? [];
    judge.that(fields.length <= 25, "has at most 25 fields");
    for (const field of fields) {
      judge.text(field.name, 1, 256, "a field's name");
      judge.text(field.value, 1, 1024, "a field's value");
      sum += String(field.name).length + String(field.value).length;
    }
    if (embed.footer) judge.text(embed.footer.text, 1, 2048, "a footer");
    sum += String(embed.title).length + String(embed.description ?? "").length;
    sum += String(embed.footer?.text ?? "").length + String(embed.author?.name ?? "").length;
  }
  judge.that(sum <= 6000, "has at most 6000 characters in all embeds");
  return judge.wrong;
}

/** Incoming webhooks, and the limits of blocks. */
export function judgeSlack(request: Caught): string[] {
  const judge = new Judge();
  const message = jsonOf(request, judge);
  judge.only(message, ["text", "blocks", "mrkdwn", "unfurl_links", "unfurl_media"], "a message");
  judge.text(message.text, 1, 40_000, "text");
  const blocks: Json[] = message.blocks ?? [];
  judge.that(blocks.length > 0 && blocks.length <= 50, "has 1 to 50 blocks");
  // Not in the reference, but answered with msg_blocks_too_long.
  judge.that(JSON.stringify(blocks).length <= 13_000, "has at most 13 000 characters in blocks");
  const text = (value: Json, most: number, what: string): void => {
    judge.that(["plain_text", "mrkdwn"].includes(value?.type as string), `${what} is plain_text or mrkdwn`);
    judge.text(value?.text, 1, most, what);
    judge.only(value, value?.type === "plain_text" ? ["type", "text", "emoji"] : ["type", "text", "verbatim"], what);
  };
  for (const block of blocks) {
    if (block.type === "header") {
      judge.that(block.text?.type === "plain_text", "a header is plain text");
      text(block.text, 150, "a header");
    } else if (block.type === "section") {
      judge.that(Boolean(block.text ?? block.fields), "a section has text or fields");
      if (block.text) text(block.text, 3000, "a section's text");
      judge.that((block.fields ?? []).length <= 10, "a section has at most 10 fields");
      for (const field of block.fields ?? []) text(field, 2000, "a field");
    } else if (block.type === "context") {
      judge.that(block.elements?.length >= 1 && block.elements.length <= 10, "a context has 1 to 10 elements");
      for (const element of block.elements ?? []) text(element, 3000, "an element");
    } else judge.that(block.type === "divider", `a block of type ${block.type} is known`);
  }
  return judge.wrong;
}

/** "When a Teams webhook request is received": adaptive cards alone, 28 KB. */
export function judgeTeams(request: Caught): string[] {
  const judge = new Judge();
  const message = jsonOf(request, judge);
  judge.that(Buffer.byteLength(request.body) <= 28 * 1024, "has at most 28 KB");
  judge.that(message.type === "message", "is of type message");
  judge.that(!("@type" in message) && !("sections" in message), "is no card of the retired connectors");
  judge.that(message.attachments?.length === 1, "has one attachment");
  const [attachment] = message.attachments ?? [];
  judge.that(attachment?.contentType === "application/vnd.microsoft.card.adaptive", "carries an adaptive card");
  const card = attachment?.content;
  judge.that(
    card?.type === "AdaptiveCard" && /^1\.[0-5]$/.test(card.version as string),
    "is a card of version 1.0 to 1.5",
  );
  const known = ["RichTextBlock", "TextBlock", "Container", "FactSet", "ColumnSet", "Column"];
  const walk = (elements: Json[]): void => {
    judge.that(Array.isArray(elements) && elements.length > 0, "has elements");
    for (const element of elements ?? []) {
      judge.that(known.includes(element.type as string), `an element of type ${element.type} is known`);
      if (element.type === "Container") walk(element.items as Json[]);
      for (const inline of element.inlines ?? []) {
        judge.that(inline.type === "TextRun", "an inline is a run of text");
        judge.text(inline.text, 1, 20_000, "a run of text");
      }
    }
  };
  walk(card?.body as Json[]);
  for (const action of card?.actions ?? []) judge.that(action.type === "Action.OpenUrl", "an action opens an address");
  return judge.wrong;
}

/** Programmable Messaging: form-encoded, basic auth. */
export function judgeTwilio(request: Caught): string[] {
  const judge = new Judge();
  const account = /^\/2010-04-01\/Accounts\/([A-Za-z0-9]+)\/Messages\.json$/.exec(request.path)?.[1];
  judge.that(request.method === "POST" && account !== undefined, "is posted to the account's messages");
  const type = request.headers["content-type"] ?? "";
  judge.that(type.startsWith("application/x-www-form-urlencoded"), "is a form");
  const [scheme, credentials = ""] = (request.headers["authorization"] ?? "").split(" ");
  const [user, token] = Buffer.from(credentials, "base64").toString("utf8").split(":");
  judge.that(scheme === "Basic" && user === account && Boolean(token), "signs in with account and token");
  const form = new URLSearchParams(request.body);
  judge.that(/^\+[1-9]\d{6,14}$/.test(form.get("To") ?? ""), "goes to a number");
  judge.that(Boolean(form.get("From")) !== Boolean(form.get("MessagingServiceSid")), "has one sender");
  judge.text(form.get("Body"), 1, 1600, "the body");
  return judge.wrong;
}
