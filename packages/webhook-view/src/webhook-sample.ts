import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { icon } from "@sidedesk/ui/icon";
import { copyIcon } from "@sidedesk/ui/icons";
import { css, html } from "lit";
import { property, state } from "lit/decorators.js";
import { copyText } from "./copy.ts";
import { samples } from "./samples.ts";

const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-2);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--sd-2);
  }
  pre {
    direction: ltr;
    text-align: start;
    margin: 0;
    padding: var(--sd-3);
    max-block-size: 320px;
    overflow: auto;
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-s);
    background: var(--sd-canvas);
    font: 400 12px/1.5 var(--sd-family-mono);
    tab-size: 4;
  }
`;

/**
 * @summary A whole receiver that checks signatures, in one of four languages, to copy.
 */
export class WebhookSample extends BaseElement {
  static override styles = [base, buttons, choosing, styles];

  /** The language around it: the words are said anew when it changes. */
  @property({ attribute: false }) locale = "en";
  @state() private at = 0;
  @state() private said = "";

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override render() {
    const { code, file, language } = samples[this.at]!;
    return html`<div class="bar">
        <div class="segmented segmented-s" role="group" aria-label=${msg("Language of the sample")}>
          ${samples.map(
            (sample, at) =>
              html`<button
                type="button"
                aria-pressed=${at === this.at ? "true" : "false"}
                @click=${() => this.choose(at)}
              >
                ${sample.language}
              </button>`,
          )}
        </div>
        <button class="button button-s" type="button" @click=${() => this.copy(code)}>
          ${icon(copyIcon)}${msg("Copy")}
        </button>
      </div>
      <pre tabindex="0" role="region" aria-label="${file}, ${language}"><code>${code}</code></pre>
      <span class="meta" role="status">${this.said}</span>`;
  }

  private choose(at: number): void {
    this.at = at;
    this.said = "";
  }

  private async copy(code: string): Promise<void> {
    this.said = (await copyText(code))
      ? msg("Copied.")
      : msg("The browser did not allow copying. Mark it and copy by hand.");
  }
}
