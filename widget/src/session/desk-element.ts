import { updateWhenLocaleChanges } from "@lit/localize";
import type { Silent } from "@sidedesk/client";
import { BaseElement } from "@sidedesk/ui/base-element";
import { hostStyles } from "@sidedesk/ui/host.styles";
import type { CSSResultGroup, PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import { nearbyDesk } from "./context.ts";
import type { Desk } from "./desk.ts";
import { announce, type SidedeskEvents } from "./events.ts";
import { currentLanguage, formatLocale, isRightToLeft } from "./locale.ts";
import { namedDesk } from "./page-desk.ts";
import { applyTheme } from "./theme.ts";

/**
 * What every `<sidedesk-…>` element stands on: it finds its desk (the panel or portal around it, else the one its
 * attributes name, else that of the script tag), follows its changes, and speaks the chosen language.
 */
export class DeskElement extends BaseElement {
  static override styles: CSSResultGroup = [hostStyles];

  /** The site's public key, when it is not the one of the script tag. */
  @property() site = "";
  /** Address of the desk, when it is not the one of the script tag. */
  @property({ attribute: "desk" }) deskAddress = "";

  /** Set once connected. */
  protected desk!: Desk;
  #isOutermost = true;
  #stops: (() => void)[] = [];

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    const nearby = nearbyDesk(this);
    this.#isOutermost = !nearby;
    this.desk = nearby ?? namedDesk(this.site, this.deskAddress);
    super.connectedCallback(); // its controllers follow the desk
    this.follow(this.desk.on("change", () => this.requestUpdate()));
    if (nearby) return;
    // Outermost: this element carries language, direction and theme for all that lies inside.
    void this.desk.loadSite().then((site) => site && applyTheme(this, site.theme));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops.splice(0)) stop();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (!this.#isOutermost) return;
    this.lang = currentLanguage();
    this.dir = isRightToLeft() ? "rtl" : "ltr";
    if (this.desk.theme !== undefined) this.setAttribute("theme", this.desk.theme);
  }

  /** What had the focus may go with this, or be of no use any more: keys must still reach the view. */
  protected override update(changed: PropertyValues<this>): void {
    const had = this.shadowRoot?.activeElement;
    super.update(changed);
    if (had) void this.#keepFocus();
  }

  async #keepFocus(): Promise<void> {
    await this.updateComplete;
    // Not from where somebody has put it meanwhile.
    if (this.shadowRoot?.activeElement || document.activeElement === document.body)
      await this.focusStart({ preventScroll: true });
  }

  /** The focus goes to where the view begins, unless something in it has it. */
  async focusStart(options?: FocusOptions): Promise<void> {
    await this.updateComplete;
    const has = this.shadowRoot?.activeElement;
    if (has && !has.matches(":disabled")) return;
    const start = this.renderRoot.querySelector<HTMLElement & Partial<DeskElement>>("[data-focus]");
    if (start?.focusStart) await start.focusStart(options);
    else start?.focus(options);
  }

  /** The language for dates and figures. */
  protected get locale(): string {
    return formatLocale();
  }

  /** Stops with the element: for listeners on the desk. */
  protected follow(stop: () => void): void {
    this.#stops.push(stop);
  }

  protected announce(name: Silent<SidedeskEvents>): boolean;
  protected announce<Name extends keyof SidedeskEvents>(name: Name, detail: SidedeskEvents[Name]): boolean;
  protected announce<Name extends keyof SidedeskEvents>(name: Name, detail?: SidedeskEvents[Name]): boolean {
    return announce(this, name, detail as SidedeskEvents[Name]);
  }
}

/** Registers an element unless the page has it already: two desks on one page share the first one's. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
