import type { AlertChannel, SmsSettings } from "@sidedesk/contract";
import type { OutboundAnswer } from "../core/http/outbound.ts";
import type { AlertContent } from "./alert-content.ts";
import { discordMessage } from "./discord.ts";
import { slackMessage } from "./slack.ts";
import { smsText } from "./sms.ts";
import { teamsMessage } from "./teams.ts";

export interface Posting {
  url: string;
  headers: Record<string, string>;
  body: string;
}

const json = { "content-type": "application/json", accept: "application/json", "user-agent": "Sidedesk-Alerts/1" };

/** The request that brings a message to a chat room. */
export function chatPosting(channel: Exclude<AlertChannel, "sms">, url: string, content: AlertContent): Posting {
  switch (channel) {
    case "discord":
      return { url, headers: json, body: discordMessage(content) };
    case "slack":
      return { url, headers: json, body: slackMessage(content) };
    case "teams":
      return { url, headers: json, body: teamsMessage(content) };
  }
}

/** The request that has a text message sent, in the form that Twilio gave it. */
export function smsPosting(settings: SmsSettings, token: string, to: string, content: AlertContent): Posting {
  const { baseUrl = "", accountSid = "", from = "" } = settings;
  const sender = /^MG[0-9a-f]{32}$/i.test(from) ? { MessagingServiceSid: from } : { From: from };
  return {
    url: `${baseUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`,
    headers: {
      ...json,
      "content-type": "application/x-www-form-urlencoded",
      authorization: `Basic ${Buffer.from(`${accountSid}:${token}`).toString("base64")}`,
    },
    body: new URLSearchParams({ To: to, ...sender, Body: smsText(content) }).toString(),
  };
}

/** What a service said, in its own few words. Never its whole answer, which may repeat what was sent. */
export function reasonOf(channel: AlertChannel, { body }: Pick<OutboundAnswer, "body">): string {
  const text = body.toString("utf8").trim();
  if (channel === "slack") return /^[a-z_]{2,60}$/.test(text) ? text : "";
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return "";
  }
  const of = (value: unknown, name: string): unknown => (value as Record<string, unknown> | null)?.[name];
  const said = channel === "teams" ? of(of(answer, "error"), "message") : of(answer, "message");
  const code = of(answer, "code");
  const words =
    typeof said === "string"
      ? said
          .replace(/\s+/g, " ")
          .slice(0, 200)
          .replace(/[\s.]+$/, "")
      : "";
  return words && typeof code === "number" ? `${words} (${code})` : words;
}

/** Seconds that Discord names in the body, more exactly than in Retry-After. */
export function retryAfterIn({ body }: Pick<OutboundAnswer, "body">): number {
  const found = /"retry_after"\s*:\s*(\d+(?:\.\d+)?)/.exec(body.toString("utf8").slice(0, 2000));
  return found ? Math.min(Number(found[1]), 86_400) : 0;
}
