import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

/** The inside of a 24 x 24 icon; see icons.ts. A function, so that a bundler can drop the ones nobody draws. */
export type IconShape = () => SVGTemplateResult;

export interface IconOptions {
  /** 20 px at stroke 1.75 instead of 16 px at stroke 2. */
  large?: boolean;
  /** Arrows and chevrons that point along the line of reading turn round in right-to-left text. */
  flips?: boolean;
}

/** Draws an icon in the colour of the text. It is decoration: a word or an `aria-label` stands beside it. */
export function icon(shape: IconShape, options: IconOptions = {}): TemplateResult {
  const classes = `icon${options.large ? " icon-l" : ""}${options.flips ? " flips" : ""}`;
  return html`<svg class=${classes} viewBox="0 0 24 24" aria-hidden="true">${shape()}</svg>`;
}

/** Our mark: a bubble and the slim bar beside it. */
export const markShape: IconShape = () =>
  svg`<path d="M5.8 2.6h5.9a4.3 4.3 0 0 1 4.3 4.3v6a4.3 4.3 0 0 1-4.3 4.3H8.9l-4.6 4c-1 .9-2.6.2-2.6-1.2V6.7a4.1 4.1 0 0 1 4.1-4.1z"/><rect x="18.4" y="2.6" width="3.9" height="18.8" rx="1.95"/>`;

/** The mark on its coloured ground, as in headers. Needs `people.styles`. */
export const mark = (): TemplateResult =>
  html`<span class="mark"><svg viewBox="0 0 24 24" aria-hidden="true">${markShape()}</svg></span>`;
