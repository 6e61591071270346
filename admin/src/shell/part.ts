import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon } from "@sidedesk/ui/icons";
import { people } from "@sidedesk/ui/people.styles";
import { emptyArt, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { table } from "@sidedesk/ui/table.styles";
import { dense } from "./console.styles.ts";
import { directoryContext, sessionContext, toastsContext } from "./contexts.ts";
import type { Directory } from "./directory.ts";
import { feed, figures, partStyles } from "./part.styles.ts";
import type { Session } from "./session.ts";
import type { Toasts } from "./toasts.ts";
import { problemText } from "./words.ts";

/** What stands where nothing is loaded yet: that it comes, or why it did not and the way to try again. */
export function notYet(problem: string | undefined, again: () => unknown, rows = 6): TemplateResult {
  return problem
    ? html`<div class="empty">
        ${emptyArt("broken")}
        <p>${problem}</p>
        <button class="button" type="button" @click=${again}>${msg("Try again")}</button>
      </div>`
    : html`<div class="later">${skeletonRows(msg("Loading"), rows)}</div>`;
}

/** A part of a page: loads what it shows, keeps showing it while it loads anew, and says what went wrong. */
export abstract class LoadedPart extends BaseElement {
  static override styles = [
    ...[base, buttons, choosing, facts, fields, people, surfaces, table, dense],
    ...[partStyles, figures, feed],
  ];

  @consume({ context: sessionContext }) protected session!: Session;
  @consume({ context: directoryContext }) protected directory!: Directory;
  @consume({ context: toastsContext }) protected toasts!: Toasts;
  @state() protected isLoaded = false;
  @state() protected isLoading = false;
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
    this.isLoading = true;
    try {
      await this.fetch();
      if (turn !== this.#latest) return;
      this.isLoaded = true;
      this.problem = "";
    } catch (error) {
      if (turn === this.#latest) this.problem = problemText(error);
    } finally {
      if (turn === this.#latest) this.isLoading = false;
    }
  }

  override render() {
    if (!this.isLoaded) return notYet(this.problem, () => this.load());
    return html`${
      this.problem
        ? html`<p class="problem" role="alert">
            ${icon(circleAlertIcon)}<span>${this.problem}</span>
            <button class="button button-s" type="button" @click=${() => this.load()}>${msg("Try again")}</button>
          </p>`
        : nothing
    }${this.renderLoaded()}`;
  }
}
