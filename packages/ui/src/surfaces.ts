import { html, nothing, type TemplateResult } from "lit";
import { icon, type IconShape } from "./icon.ts";
import { circleAlertIcon, cloudOffIcon, infoIcon, lockIcon, unplugIcon } from "./icons.ts";
import type { Tone } from "./marks.ts";
import { vars } from "./vars.ts";

/** Which drawing an empty view shows: an empty bubble, a broken one, or a locked one. */
export type Art = "empty" | "broken" | "locked";

/** The mark as a drawing for empty, broken and signed-out views. */
export function emptyArt(kind: Art = "empty"): TemplateResult {
  const bubble =
    kind === "broken"
      ? "M14 8h46a8 8 0 0 1 8 8v10l-10 6 8 6v6a8 8 0 0 1-8 8H32L16 64V52h-2a8 8 0 0 1-8-8V16a8 8 0 0 1 8-8z"
      : "M14 8h46a8 8 0 0 1 8 8v28a8 8 0 0 1-8 8H32L16 64V52h-2a8 8 0 0 1-8-8V16a8 8 0 0 1 8-8z";
  const lines = {
    empty: "M20 24h34M20 34h22",
    broken: "M20 24h26M20 34h18",
    locked: "M30 30v-5a7 7 0 0 1 14 0v5M27 30h20v12H27z",
  }[kind];
  return html`<svg class="art" viewBox="0 0 96 72" aria-hidden="true">
    <path d=${bubble} />
    <path d=${lines} fill="none" />
    <rect class="brand" x="78" y="8" width="10" height="56" rx="5" />
  </svg>`;
}

/** Rows of skeleton in the shape of what comes. The name is read out once. */
export function skeletonRows(label: string, rows = 4): TemplateResult {
  const widths = [82, 60, 74, 66, 78, 58];
  return html`<div class="sk-rows" aria-busy="true" role="status" aria-label=${label}>
    ${Array.from({ length: rows }, (_, at) => {
      const wide = widths[at % widths.length] ?? 70;
      return html`<div class="sk-row">
        <i class="skeleton"></i><i class="skeleton" ${vars({ "inline-size": `${wide}%` })}></i><i class="skeleton"></i
        ><i class="skeleton" ${vars({ "inline-size": `${150 - wide}%`, "max-inline-size": "90%" })}></i>
      </div>`;
    })}
  </div>`;
}

const bannerIcons: Partial<Record<Tone, IconShape>> = {
  warning: cloudOffIcon,
  error: unplugIcon,
  info: infoIcon,
  muted: lockIcon,
};

/** A line across a view about the view as a whole. `role="status"` so that it is read out when it appears. */
export function banner(tone: Tone, words: unknown, shape: IconShape = bannerIcons[tone] ?? infoIcon): TemplateResult {
  return html`<div class="banner" data-tone=${tone} role="status">${icon(shape)}<span>${words}</span></div>`;
}

/** What is wrong with a field, under it. `id` goes into the field's `aria-describedby`. */
export function problemLine(id: string, words: string | undefined): TemplateResult | typeof nothing {
  return words ? html`<p class="problem" id=${id}>${icon(circleAlertIcon)}<span>${words}</span></p>` : nothing;
}
