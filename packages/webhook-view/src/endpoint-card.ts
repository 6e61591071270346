import { msg, str } from "@lit/localize";
import type { Webhook, WebhookFigures } from "@sidedesk/contract";
import { comma, dueTime, shortDate } from "@sidedesk/ui/format";
import { figure } from "@sidedesk/ui/figure";
import { icon } from "@sidedesk/ui/icon";
import {
  chevronDownIcon,
  circlePauseIcon,
  pauseIcon,
  playIcon,
  rotateCwIcon,
  squarePenIcon,
  trash2Icon,
  zapIcon,
} from "@sidedesk/ui/icons";
import { banner } from "@sidedesk/ui/surfaces";
import { vars } from "@sidedesk/ui/vars";
import { html, nothing, type TemplateResult } from "lit";
import type { MenuChooseEvent } from "@sidedesk/ui/menu-element";
import { heldWords, shortUrl, tookWords } from "./said.ts";

export interface EndpointActs {
  test: () => void;
  pause: () => void;
  resume: () => void;
  rotate: () => void;
  edit: () => void;
  remove: () => void;
}

/** What there is to know and to do about one endpoint, above its log. */
export function endpointCard(
  hook: Webhook,
  figures: WebhookFigures | null,
  { locale, busy, act }: { locale: string; busy: string; act: EndpointActs },
): TemplateResult {
  const isActive = hook.state === "active";
  const items = [
    { id: "edit", label: msg("Change"), lead: icon(squarePenIcon) },
    { id: "remove", label: msg("Delete"), lead: icon(trash2Icon), tone: "error" as const },
  ];
  const choose = ({ item }: MenuChooseEvent) => (item === "edit" ? act.edit() : act.remove());
  return html`<div class="row row-wrap">
      <h2 id="name"><bdi>${shortUrl(hook.url)}</bdi></h2>
      <span class="push row"
        ><button class="button button-s" type="button" ?disabled=${!isActive || busy === "test"} @click=${act.test}>
          ${busy === "test" ? html`<span class="spin"></span>` : icon(zapIcon)}${msg("Send a test")}</button
        ><button
          class="button button-s"
          type="button"
          ?disabled=${busy === "state"}
          @click=${isActive ? act.pause : act.resume}
        >
          ${icon(isActive ? pauseIcon : playIcon)}${isActive ? msg("Pause") : msg("Resume")}</button
        ><sidedesk-webhook-menu
          button-class="icon-button icon-button-s"
          label=${msg("More: change, delete")}
          .items=${items}
          @sidedesk-menu-choose=${choose}
        ></sidedesk-webhook-menu
      ></span>
    </div>
    ${hook.description ? html`<p class="said" dir="auto">${hook.description}</p>` : nothing} ${trouble(hook, locale)}
    ${replayLine(hook, locale)}
    <dl class="facts">
      <dt>${msg("Events")}</dt>
      <dd class="row row-wrap">${hook.events.map((name) => html`<span class="tag mono">${name}</span>`)}</dd>
      <dt>${msg("Secret")}</dt>
      <dd class="row row-wrap">
        <bdi class="mono" dir="ltr" aria-hidden="true">whsec_••••••••••••</bdi
        ><span class="meta"
          >${
            hook.oldSecretUntil
              ? msg(str`The one before it signs too, until ${dueTime(hook.oldSecretUntil, locale)}`)
              : msg(str`shown once on ${shortDate(hook.createdAt, locale)}`)
          }</span
        ><button class="button button-quiet button-s" type="button" @click=${act.rotate}>
          ${icon(rotateCwIcon)}${msg("Make a new one")}
        </button>
      </dd>
      <dt>${msg("Last 24 hours")}</dt>
      <dd class="row row-wrap">${figures ? lastDay(figures, locale) : html`<i class="skeleton bars-sk"></i>`}</dd>
    </dl>
    <details>
      <summary>${icon(chevronDownIcon)}${msg("Check that a call is ours")}</summary>
      <sidedesk-webhook-sample .locale=${locale}></sidedesk-webhook-sample>
    </details>`;
}

function trouble(hook: Webhook, locale: string): TemplateResult | typeof nothing {
  const held = hook.heldCount ? heldWords(hook, locale) : "";
  if (hook.state === "disabled") {
    return banner(
      "error",
      html`${msg("We stopped calling it, because it failed for too long. Nothing is lost: what happens meanwhile is held.")}
      ${hook.disabledReason ? html`<br /><bdi>${hook.disabledReason}</bdi>` : nothing}
      ${held ? html`<br /><b>${held}</b>` : nothing}`,
      circlePauseIcon,
    );
  }
  if (hook.state === "paused" && held) return banner("info", held, circlePauseIcon);
  if (hook.state === "active" && hook.failingSince) {
    const since = dueTime(hook.failingSince, locale);
    return banner(
      "error",
      msg(str`Every try has failed since ${since}. We go on trying, and pause it after five days.`),
    );
  }
  return nothing;
}

/** How far a replay has come; of one that is over, how many it was. */
function replayLine({ replay }: Webhook, locale: string): TemplateResult | typeof nothing {
  if (!replay) return nothing;
  const [done, total] = [figure(replay.done, locale), figure(replay.total, locale)];
  const since = dueTime(replay.since, locale);
  if (replay.finished)
    return html`<p class="meta" role="status">${msg(str`Replayed since ${since}: ${total} sent again`)}</p>`;
  return html`<div class="replay">
    <span role="status">${msg(str`Replaying since ${since}: ${done} of ${total}`)}</span>
    <progress aria-label=${msg("Replay")} max=${Math.max(1, replay.total)} .value=${replay.done}></progress>
  </div>`;
}

function lastDay({ hours, medianMs }: WebhookFigures, locale: string): TemplateResult {
  const made = hours.reduce((sum, hour) => sum + hour.made, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  if (made === 0) return html`<span class="meta">${msg("Nothing happened")}</span>`;
  const most = Math.max(...hours.map((hour) => hour.made));
  const count = made === 1 ? msg("1 event") : msg(str`${figure(made, locale)} events`);
  const words = failed ? msg(str`${count}, ${figure(failed, locale)} given up`) : count;
  const bar = (hour: WebhookFigures["hours"][number]) =>
    html`<i
      class=${hour.failed ? "bad" : ""}
      ${vars({ "block-size": hour.made ? `${Math.max(12, (hour.made / most) * 100)}%` : "2px" })}
    ></i>`;
  return html`<span class="bars" role="img" aria-label=${words}>${hours.map(bar)}</span
    ><span class="meta"
      >${words}${medianMs === null ? nothing : html`${comma(locale)}${msg(str`median ${tookWords(medianMs, locale)}`)}`}</span
    >`;
}
