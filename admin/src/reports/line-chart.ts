import { css, html, nothing, svg, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";

export interface ChartPoint {
  /** Said under the axis and when a point is looked at. */
  label: string;
  /** One for each line; null where there is nothing to show. */
  values: readonly (number | null)[];
}

const styles = css`
  :host {
    display: block;
  }
  .frame {
    position: relative;
    border-radius: var(--sd-radius-s);
  }
  svg {
    display: block;
    inline-size: 100%;
    block-size: 190px;
    overflow: visible;
    direction: ltr;
  }
  .grid line {
    stroke: var(--sd-border);
  }
  text {
    fill: var(--sd-muted);
    font: 400 var(--sd-type-micro);
    font-variant-numeric: tabular-nums;
  }
  path {
    fill: none;
    stroke-width: 2.5;
    stroke-linejoin: round;
    stroke-linecap: round;
    stroke: var(--sd-primary-text);
  }
  .line-1 {
    stroke: var(--sd-muted);
    stroke-width: 2;
    stroke-dasharray: 6 4;
  }
  circle {
    fill: var(--sd-primary-text);
    stroke: var(--sd-surface);
    stroke-width: 2;
  }
  circle.line-1 {
    fill: var(--sd-muted);
    stroke: var(--sd-surface);
  }
  .at {
    stroke: var(--sd-border-strong);
  }
  output {
    display: block;
    min-block-size: 20px;
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
    font-variant-numeric: tabular-nums;
  }
`;

/** Four steps of a round number up to the largest value. */
export function axisSteps(largest: number, units: readonly number[]): number[] {
  const wanted = Math.max(largest, 1) / 4;
  const unit = [...units].reverse().find((one) => one <= wanted) ?? units[0] ?? 1;
  const scale = wanted / unit;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, scale)));
  const round = [1, 2, 3, 5, 10].find((one) => one * power >= scale) ?? 10;
  const step = unit * round * power;
  return Array.from({ length: Math.max(1, Math.ceil(largest / step)) + 1 }, (_none, index) => index * step);
}

/**
 * @summary Lines over time. A picture with its finding as its name; arrow keys step through the points, which are read out.
 * The same numbers stand in a table beside it.
 */
export class LineChart extends BaseElement {
  static override styles = [base, styles];

  @property({ attribute: false }) points: readonly ChartPoint[] = [];
  /** What the lines are, in their order. */
  @property({ attribute: false }) names: readonly string[] = [];
  /** The finding, in a sentence. */
  @property({ attribute: false }) finding = "";
  @property({ attribute: false }) words: (value: number) => string = String;
  /** What the axis counts in, ascending. */
  @property({ attribute: false }) units: readonly number[] = [1];
  @state() private at: number | null = null;
  @state() private width = 560;
  readonly #size = new ResizeObserver(([entry]) => (this.width = Math.max(240, entry?.contentRect.width ?? 560)));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#size.observe(this);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
  }
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("points")) this.at = null;
  }

  override render() {
    const height = 190;
    const largest = Math.max(0, ...this.points.flatMap(({ values }) => values.filter((value) => value !== null)));
    const steps = axisSteps(largest, this.units);
    const top = steps.at(-1) || 1;
    const [left, bottom] = [56, height - 24];
    const x = (index: number) => left + 8 + ((this.width - left - 24) * index) / Math.max(1, this.points.length - 1);
    const y = (value: number) => bottom - ((bottom - 12) * value) / top;
    const every = Math.max(1, Math.ceil(this.points.length / Math.max(2, Math.floor(this.width / 110))));
    const at = this.at === null ? undefined : this.points[this.at];
    return html`<div
        class="frame"
        role="img"
        tabindex="0"
        aria-label=${this.finding}
        @keydown=${this.handleKey}
        @blur=${() => (this.at = null)}
        @pointermove=${(event: PointerEvent) => this.handlePoint(event, x)}
        @pointerleave=${() => (this.at = null)}
      >
        <svg viewBox="0 0 ${this.width} ${height}" aria-hidden="true">
          <g class="grid">
            ${steps.map(
              (step) => svg`<line x1=${left} x2=${this.width} y1=${y(step)} y2=${y(step)} />
                <text x=${left - 8} y=${y(step) + 4} text-anchor="end">${this.words(step)}</text>`,
            )}
          </g>
          ${this.points.map((point, index) =>
            index % every === 0
              ? svg`<text x=${x(index)} y=${height - 6} text-anchor=${index === 0 ? "start" : "middle"}>${point.label}</text>`
              : nothing,
          )}
          ${this.at === null ? nothing : svg`<line class="at" x1=${x(this.at)} x2=${x(this.at)} y1="8" y2=${bottom} />`}
          ${this.names.map((_name, line) => this.renderLine(line, x, y))}
        </svg>
      </div>
      <output aria-live="polite">${at ? this.wordsOf(at) : nothing}</output>`;
  }

  private renderLine(line: number, x: (index: number) => number, y: (value: number) => number) {
    let path = "";
    const dots: ReturnType<typeof svg>[] = [];
    for (const [index, { values }] of this.points.entries()) {
      const value = values[line] ?? null;
      if (value === null) continue;
      const before = index > 0 ? (this.points[index - 1]?.values[line] ?? null) : null;
      const after = this.points[index + 1]?.values[line] ?? null;
      path += `${before === null ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
      // A point between gaps would be no line at all.
      if (index === this.at || index === this.points.length - 1 || (before === null && after === null))
        dots.push(svg`<circle class="line-${line}" cx=${x(index)} cy=${y(value)} r="4" />`);
    }
    return svg`<path class="line-${line}" d=${path} />${dots}`;
  }

  private wordsOf({ label, values }: ChartPoint): string {
    const said = this.names.map((name, line) => {
      const value = values[line] ?? null;
      return `${name}: ${value === null ? "–" : this.words(value)}`;
    });
    return `${label} · ${said.join(" · ")}`;
  }

  private handlePoint(event: PointerEvent, x: (index: number) => number): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const where = event.clientX - box.left;
    let best = 0;
    for (let index = 1; index < this.points.length; index += 1)
      if (Math.abs(x(index) - where) < Math.abs(x(best) - where)) best = index;
    this.at = this.points.length > 0 ? best : null;
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    const last = this.points.length - 1;
    const now = this.at;
    const to: Record<string, number> = {
      ArrowRight: now === null ? 0 : Math.min(last, now + 1),
      ArrowLeft: now === null ? last : Math.max(0, now - 1),
      Home: 0,
      End: last,
    };
    const next = to[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    this.at = next;
  };
}
customElements.define("desk-line-chart", LineChart);
