import { msg, str } from "@lit/localize";
import type { Webhook } from "@sidedesk/contract";
import { heldWords, shortUrl } from "./said.ts";
import type { Question } from "./webhook-ask.ts";

type Work = () => Promise<unknown>;

/** What becomes of what was held, before an endpoint is called again. */
export function heldQuestion(hook: Webhook, locale: string, deliver: Work, skip: Work): Question {
  const [held, name] = [heldWords(hook, locale), shortUrl(hook.url)];
  return {
    title: msg(str`Resume ${name}?`),
    text: msg(str`${held}. Shall we deliver what was held, or skip it?`),
    keep: msg("Leave it paused"),
    choices: [
      { label: msg("Skip and resume"), tone: "plain", run: skip },
      { label: msg("Deliver and resume"), tone: "primary", run: deliver },
    ],
  };
}

export function rotateQuestion(hook: Webhook, rotate: Work): Question {
  const name = shortUrl(hook.url);
  return {
    title: msg(str`Make a new secret for ${name}?`),
    text: msg(
      "You see it once. The present one goes on signing beside it for 24 hours, so that nothing is refused while you change over.",
    ),
    keep: msg("Keep the present one"),
    choices: [{ label: msg("Make a new secret"), tone: "primary", run: rotate }],
  };
}

export function removeQuestion(hook: Webhook, remove: Work): Question {
  const name = shortUrl(hook.url);
  return {
    title: msg(str`Delete ${name}?`),
    text: msg("We stop calling it, and its log goes with it."),
    keep: msg("Keep it"),
    choices: [{ label: msg("Delete webhook"), tone: "danger", run: remove }],
  };
}
