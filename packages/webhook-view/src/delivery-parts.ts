import { msg, str } from "@lit/localize";
import type { DeliveryAttempt, WebhookDelivery } from "@sidedesk/contract";
import { comma, exactTime } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, circlePauseIcon, clockIcon } from "@sidedesk/ui/icons";
import { glyph } from "@sidedesk/ui/marks";
import { html, nothing, type TemplateResult } from "lit";
import { answerWord, logTime, stateWord, tookWords } from "./said.ts";

/** How a delivery stands: what was answered last, or that it waits. */
export function answerLine({ state, attempts }: WebhookDelivery): TemplateResult {
  const last = attempts.at(-1);
  const words = last ? answerWord(last) : stateWord(state);
  if (state === "succeeded")
    return html`<span class="status" data-tone="success"
      >${glyph("done", "success")}<span class="sr">${stateWord(state)}, </span>${words}</span
    >`;
  if (state === "held")
    return html`<span class="status" data-tone="muted">${icon(circlePauseIcon)}${stateWord(state)}</span>`;
  if (state === "failed")
    return html`<span class="status" data-tone="error"
      >${icon(circleAlertIcon)}<span class="sr">${stateWord(state)}, </span>${words}</span
    >`;
  return html`<span class="status" data-tone=${last ? "warning" : "muted"}
    >${icon(clockIcon)}${last ? html`<span class="sr">${stateWord(state)}, </span>` : nothing}${words}</span
  >`;
}

/** JSON is laid out to be read; anything else stands as it is. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

const headerLines = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");

/** One attempt: what went out and what came back, side by side. */
export function attemptView(attempt: DeliveryAttempt, locale: string): TemplateResult {
  const { request, response, at, latencyMs, error, class: kind } = attempt;
  const { pathname, search } = new URL(request.url);
  const sent = `POST ${pathname}${search}\n${headerLines(request.headers)}\n\n${readable(request.body)}`;
  const took = tookWords(latencyMs, locale);
  return html`<p class="meta">
      <time datetime=${at} title=${exactTime(at, locale)}>${logTime(at, locale)}</time
      >${comma(locale)}${msg(str`took ${took}`)}${request.address ? html`${comma(locale)}${msg("reached")} <bdi class="mono">${request.address}</bdi>` : nothing}
    </p>
    <div class="bytes">
      <div>
        <h4>${msg("We sent")}</h4>
        <pre tabindex="0" role="region" aria-label=${msg("We sent")}>${sent}</pre>
      </div>
      <div>
        <h4>${msg("They answered")}</h4>
        ${
          response
            ? html`<pre tabindex="0" role="region" aria-label=${msg("They answered")}>
${`${response.status}\n${headerLines(response.headers)}\n\n${readable(response.body ?? "")}`}</pre>`
            : html`<pre tabindex="0" role="region" aria-label=${msg("They answered")}>${error ?? msg("Nothing")}</pre>`
        }
        ${response?.body === null ? html`<p class="meta">${msg("What they wrote is kept for 14 days.")}</p>` : nothing}
        ${response?.truncated ? html`<p class="meta">${msg("Only its beginning is kept.")}</p>` : nothing}
        ${response && error && kind !== "http" ? html`<p class="meta" dir="auto">${error}</p>` : nothing}
      </div>
    </div>`;
}
