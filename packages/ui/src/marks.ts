import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { icon } from "./icon.ts";
import { checkIcon, clockAlertIcon, pauseIcon } from "./icons.ts";

/** The state colours a part can wear through `data-tone`. */
export type Tone = "primary" | "success" | "error" | "warning" | "info" | "ai" | "muted";

const ring = () => svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>`;
const disc = () => svg`<circle cx="8" cy="8" r="7" fill="currentColor"/>`;
const shapes = {
  open: () => ring(),
  progress: () =>
    svg`<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.7"/><path d="M8 4.2a3.8 3.8 0 0 1 0 7.6z" fill="currentColor"/>`,
  waiting: () =>
    svg`${ring()}<path d="M6.5 5.9v4.2M9.5 5.9v4.2" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>`,
  ai: () =>
    svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.6 2.1"/><path d="M8 4.9c.35 1.9 1.2 2.75 3.1 3.1-1.9.35-2.75 1.2-3.1 3.1-.35-1.9-1.2-2.75-3.1-3.1 1.9-.35 2.75-1.2 3.1-3.1z" fill="currentColor"/>`,
  done: () =>
    svg`${disc()}<path d="m5 8.2 2.1 2.1L11.1 6" fill="none" stroke="var(--sd-surface)" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`,
  shut: () => svg`${disc()}<path d="M5.2 8h5.6" stroke="var(--sd-surface)" stroke-width="1.8" stroke-linecap="round"/>`,
} satisfies Record<string, () => SVGTemplateResult>;

/** Ring, half, pause bars, dashed spark, tick, dash: a shape for each state, so that colour is never alone. */
export type Glyph = keyof typeof shapes;

/** A state's shape in its tone. With `label` it is an image with that name, otherwise decoration beside a word. */
export function glyph(shape: Glyph, tone: Tone, label?: string): TemplateResult {
  return label
    ? html`<svg class="glyph" data-tone=${tone} viewBox="0 0 16 16" role="img" aria-label=${label}>
        ${shapes[shape]()}
      </svg>`
    : html`<svg class="glyph" data-tone=${tone} viewBox="0 0 16 16" aria-hidden="true">${shapes[shape]()}</svg>`;
}

const drawer = (y: number, filled: boolean) =>
  svg`<rect x="3" y=${y} width="10" height="2.2" rx="1" opacity="${filled ? 1 : 0.28}" />`;

/** Priority as four drawers filled from below, 1 to 3; 4 is the block with a mark. */
export function drawers(level: 1 | 2 | 3 | 4, label?: string): TemplateResult {
  const tone: Tone = level === 4 ? "error" : level === 3 ? "warning" : "muted";
  const shape =
    level === 4
      ? svg`<rect x="1" y="1" width="14" height="14" rx="3.5" fill="currentColor"/><path d="M8 4.2v4.6" stroke="var(--sd-surface)" stroke-width="2" stroke-linecap="round"/><circle cx="8" cy="11.7" r="1.15" fill="var(--sd-surface)"/>`
      : svg`<g fill="currentColor">${[2.4, 5.4, 8.4, 11.4].map((y, at) => drawer(y, at >= 4 - level))}</g>`;
  return label
    ? html`<svg class="glyph" data-tone=${tone} viewBox="0 0 16 16" role="img" aria-label=${label}>${shape}</svg>`
    : html`<svg class="glyph" data-tone=${tone} viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`;
}

export type ClockState = "ok" | "warning" | "breached" | "met" | "paused";

/** The clock: an arc of the time left (`share`, 0 to 100) and words; a mark instead of the arc when nothing runs. */
export function clock(state: ClockState, words: string, share = 100, tone?: Tone): TemplateResult {
  const wears: Tone =
    tone ?? ({ ok: "muted", warning: "warning", breached: "error", met: "success", paused: "muted" } as const)[state];
  const drawn =
    state === "breached"
      ? icon(clockAlertIcon)
      : state === "met"
        ? icon(checkIcon)
        : state === "paused"
          ? icon(pauseIcon)
          : html`<svg viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="8" cy="8" r="6" pathLength="100" />
              <circle cx="8" cy="8" r="6" pathLength="100" stroke-dasharray="${Math.round(share)} 100" />
            </svg>`;
  return html`<span class="chip sla ${state === "breached" ? "chip-solid" : ""}" data-tone=${wears}
    >${drawn}${words}</span
  >`;
}
