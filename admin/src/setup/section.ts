import { consume } from "@lit/context";
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
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { sessionContext, toastsContext } from "../shell/contexts.ts";
import { notYet } from "../shell/part.ts";
import type { Session } from "../shell/session.ts";
import type { Toasts } from "../shell/toasts.ts";
import { UnsavedForms } from "../shell/unsaved.ts";
import { problemText } from "../shell/words.ts";
import { sectionStyles } from "./setup.styles.ts";

/** A section of the set-up: loads what it shows, saves one thing at a time and says what came of it. */
export abstract class SetupSection extends BaseElement {
  static override styles = [base, buttons, facts, fields, people, surfaces, dense, sectionStyles];

  @consume({ context: sessionContext }) protected session!: Session;
  @consume({ context: toastsContext }) protected toasts!: Toasts;
  @state() protected isLoaded = false;
  @state() protected isBusy = false;
  /** What is wrong, by the place where it is said: `load`, or the name of a form. */
  @state() protected problems: Record<string, string> = {};

  protected readonly unsaved = new UnsavedForms(this, () => this.isUnsaved());

  protected abstract fetch(): Promise<void>;
  protected abstract renderLoaded(): TemplateResult;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  /** Whether something would be lost with this section. */
  protected isUnsaved(): boolean {
    return this.unsaved.isHeld;
  }

  protected async load(): Promise<void> {
    await this.try("load", async () => {
      await this.fetch();
      this.isLoaded = true;
    });
  }

  /** Does one thing; what goes wrong is said at `place`. */
  protected async try(place: string, work: () => Promise<unknown>, done = ""): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.problems = {};
    const saved = this.unsaved.begin();
    try {
      await work();
      saved();
      if (done) this.toasts.show(done);
      return true;
    } catch (error) {
      this.problems = { [place]: problemText(error) };
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  protected renderProblem(place: string): TemplateResult {
    const words = this.problems[place];
    return html`<p class="problem" role="alert">
      ${words ? html`${icon(circleAlertIcon)}<span>${words}</span>` : nothing}
    </p>`;
  }

  override render() {
    return this.isLoaded ? this.renderLoaded() : notYet(this.problems["load"], () => this.load(), 3);
  }
}
