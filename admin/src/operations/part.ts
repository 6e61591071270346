import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon } from "@sidedesk/ui/icons";
import { people } from "@sidedesk/ui/people.styles";
import { emptyArt, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { table } from "@sidedesk/ui/table.styles";
import { dense } from "../shell/console.styles.ts";
import { directoryContext, sessionContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import type { Session } from "../shell/session.ts";
import { problemWords } from "../shell/words.ts";
import { partStyles } from "./operations.styles.ts";

/** A part of operations: keeps showing what it has while it loads anew, and says what went wrong. */
export abstract class OperationsPart extends BaseElement {
  static override styles = [base, buttons, facts, fields, people, surfaces, table, dense, partStyles];

  @consume({ context: sessionContext }) protected session!: Session;
  @consume({ context: directoryContext }) protected directory!: Directory;
  @state() protected isLoaded = false;
  @state() protected problem = "";
  #latest = 0;

  protected abstract fetch(): Promise<void>;
  protected abstract renderLoaded(): TemplateResult;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    addEventListener("desk-catch-up", this.handleCatchUp);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("desk-catch-up", this.handleCatchUp);
  }
  private readonly handleCatchUp = (): void => void this.load();

  /** Of several at once only what the last one says is shown. */
  protected async load(): Promise<void> {
    const turn = (this.#latest += 1);
    try {
      await this.fetch();
      if (turn !== this.#latest) return;
      this.isLoaded = true;
      this.problem = "";
    } catch (error) {
      if (turn === this.#latest) this.say(error);
    }
  }

  protected say(error: unknown): void {
    const { words, reference } = problemWords(error);
    this.problem = reference ? `${words} (${reference})` : words;
  }

  override render() {
    const again = html`<button class="button button-s" type="button" @click=${() => this.load()}>
      ${msg("Try again")}
    </button>`;
    if (this.isLoaded)
      return html`${
        this.problem
          ? html`<p class="problem" role="alert">${icon(circleAlertIcon)}<span>${this.problem}</span>${again}</p>`
          : nothing
      }${this.renderLoaded()}`;
    if (this.problem)
      return html`<div class="empty">
        ${emptyArt("broken")}
        <p>${this.problem}</p>
        ${again}
      </div>`;
    return html`<div class="later">${skeletonRows(msg("Loading"), 6)}</div>`;
  }
}
