import type { AlertChannel } from "@sidedesk/contract";
import { judgeDiscord, judgeSlack, judgeTeams, judgeTwilio } from "./chat-limits.ts";
import { startWebhookSink, type Caught, type WebhookSink } from "./webhook-sink.ts";

const judges = { discord: judgeDiscord, slack: judgeSlack, teams: judgeTeams, sms: judgeTwilio };
export const account = "AC0123456789abcdef0123456789abcdef";

export interface ChatSink {
  sink: WebhookSink;
  /** What is put into the settings of a channel, to send here. */
  settingsOf(channel: AlertChannel): Record<string, unknown>;
  pathOf(channel: AlertChannel): string;
  at(channel: AlertChannel): Caught[];
  /** Refuses from now on, so often, as the service does that is asked too much. */
  limit(channel: AlertChannel, seconds: number, times?: number): void;
  /** Answers with anything, so often. */
  answer(channel: AlertChannel, status: number, body?: string, times?: number): void;
  /** What was refused for breaking a limit; a test that expects none says so at its end. */
  wrong: string[];
  reset(): void;
}

/** Discord, Slack, Teams and Twilio on 127.0.0.1: what they would not take is refused here, and answers are as theirs. */
export async function startChatSink(): Promise<ChatSink> {
  const sink = await startWebhookSink();
  const wrong: string[] = [];
  const special = new Map<
    AlertChannel,
    { times: number; status: number; body: string; headers: Record<string, string> }
  >();
  const paths: Record<AlertChannel, string> = {
    discord: "/api/webhooks/1100223344556677889/Tq-secret-of-discord-dc4t",
    slack: "/services/T0000/B0000/secret-of-slack-sl4k",
    teams: "/workflows/4f/triggers/manual/paths/invoke?api-version=2016-06-01&sig=secret-of-teams-tm5s",
    sms: `/2010-04-01/Accounts/${account}/Messages.json`,
  };
  const good: Record<AlertChannel, [status: number, body: string, type: string]> = {
    discord: [204, "", "text/html"],
    slack: [200, "ok", "text/html"],
    teams: [202, "", "text/plain"],
    sms: [201, JSON.stringify({ sid: "SM0123", status: "queued", error_code: null }), "application/json"],
  };
  const bad: Record<AlertChannel, (why: string) => [status: number, body: string]> = {
    discord: () => [400, JSON.stringify({ message: "Invalid Form Body", code: 50_035, errors: {} })],
    slack: () => [400, "invalid_blocks"],
    teams: () => [400, JSON.stringify({ error: { code: "InvalidRequest", message: "The request is not valid." } })],
    sms: () => [400, JSON.stringify({ code: 21_602, message: "Message body is required.", status: 400 })],
  };
  const arm = (): void => {
    for (const channel of Object.keys(paths) as AlertChannel[])
      sink.answer((response, request) => {
        const why = judges[channel](request);
        const other = special.get(channel);
        if (other && other.times > 0) {
          other.times -= 1;
          return void response.writeHead(other.status, other.headers).end(other.body);
        }
        if (why.length === 0) {
          const [status, body, type] = good[channel];
          return void response.writeHead(status, { "content-type": type }).end(body);
        }
        wrong.push(...why.map((what) => `${channel}: ${what}`));
        const [status, body] = bad[channel](why.join("; "));
        return void response.writeHead(status, { "content-type": "application/json" }).end(body);
      }, paths[channel]);
  };
  arm();
  return {
    sink,
    wrong,
    pathOf: (channel) => paths[channel],
    at: (channel) => sink.at(paths[channel]),
    settingsOf: (channel) =>
      channel === "sms"
        ? {
            enabled: true,
            baseUrl: sink.url,
            accountSid: account,
            authToken: "secret-of-twilio-tw1l",
            from: "+15005550006",
            onCall: ["+4915112345678"],
          }
        : { enabled: true, url: `${sink.url}${paths[channel]}` },
    limit: (channel, seconds, times = 1) => {
      const body =
        channel === "discord"
          ? JSON.stringify({ message: "You are being rate limited.", retry_after: seconds, global: false })
          : "";
      const headers = { "retry-after": String(Math.ceil(seconds)), "content-type": "application/json" };
      special.set(channel, { times, status: 429, body, headers });
    },
    answer: (channel, status, body = "", times = 1) => void special.set(channel, { times, status, body, headers: {} }),
    reset: () => {
      special.clear();
      wrong.length = 0;
      sink.reset();
      arm();
    },
  };
}
