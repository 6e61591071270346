import { LitElement, type CSSResultGroup } from "lit";
import { base } from "./base.styles.ts";

/**
 * What every element stands on: the shared reset and an open shadow root. Tokens are inherited custom properties, so
 * only the outermost elements (`hostStyles`) and our own pages (`adoptTokens`) declare them.
 */
export class BaseElement extends LitElement {
  static override styles: CSSResultGroup = [base];

  /** The element with this id inside the shadow root. */
  protected byId<T extends HTMLElement = HTMLElement>(id: string): T | null {
    return this.renderRoot instanceof ShadowRoot ? (this.renderRoot.getElementById(id) as T | null) : null;
  }

  /** Moves the focus to the first element that matches, once the pending render is done. */
  protected async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
