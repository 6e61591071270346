import { html, type TemplateResult } from "lit";

/** The path of a 24 x 24 icon; see icons.ts. */
export type IconShape = string;

export interface IconOptions {
  /** 20 px at stroke 1.75 instead of 16 px at stroke 2. */
  large?: boolean;
  /** Arrows and chevrons that point along the line of reading turn round in right-to-left text. */
  flips?: boolean;
}

/** Draws an icon in the colour of the text. It is decoration: a word or an `aria-label` stands beside it. */
export function icon(shape: IconShape, options: IconOptions = {}): TemplateResult {
  const classes = `icon${options.large ? " icon-l" : ""}${options.flips ? " flips" : ""}`;
  return drawing(shape, classes);
}

/** Our mark: a bubble and the slim bar beside it. */
const markShape: IconShape =
  "M5.8 2.6h5.9A4.3 4.3 0 0 1 16 6.9v6a4.3 4.3 0 0 1-4.3 4.3H8.9l-4.6 4c-1 .9-2.6.2-2.6-1.2V6.7a4.1 4.1 0 0 1 4.1-4.1m14.55 0a1.95 1.95 0 0 1 1.95 1.95v14.9a1.95 1.95 0 0 1-3.9 0V4.55a1.95 1.95 0 0 1 1.95-1.95";

/** The mark alone, in the colour that `classes` give it. */
export const bareMark = (classes: string): TemplateResult => drawing(markShape, classes);

/** The mark on its coloured ground, as in headers. Needs `people.styles`. */
export const mark = (): TemplateResult => html`<span class="mark">${bareMark("")}</span>`;

const drawing = (shape: IconShape, classes: string): TemplateResult =>
  html`<svg class=${classes} viewBox="0 0 24 24" aria-hidden="true"><path d=${shape} /></svg>`;
