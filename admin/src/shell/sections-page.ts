import { consume } from "@lit/context";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense, stage } from "./console.styles.ts";
import { sessionContext } from "./contexts.ts";
import { sectionLinks, sectionsInHead } from "./sections.styles.ts";
import type { Session } from "./session.ts";
import { Watch } from "./store.ts";

/** A part of a page that has an address of its own. */
export interface Section {
  key: string;
  label: string;
  body: TemplateResult;
}

/** A page of several sections, named in its head; the first is shown where the address names none. */
export abstract class SectionsPage extends BaseElement {
  static override styles = [base, surfaces, dense, stage, sectionLinks, sectionsInHead];

  @property({ attribute: false }) section = "";
  @consume({ context: sessionContext }) protected session!: Session;

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  protected abstract heading(): string;
  /** Those that whoever is signed in may see. */
  protected abstract sections(): Section[];
  protected abstract pathOf(key: string): string;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("section")) revealSection(this.renderRoot);
  }

  override render(): TemplateResult {
    const sections = this.sections();
    const here = sections.find(({ key }) => key === this.section) ?? sections[0];
    return html`<main class="stage">
      <header class="stage-head">
        <h1>${this.heading()}</h1>
        <nav class="sections" aria-label=${this.heading()}>
          ${sections.map(({ key, label }) => html`<a href=${this.pathOf(key)} aria-current=${key === here?.key ? "page" : nothing}>${label}</a>`)}
        </nav>
      </header>
      <div class="stage-body" tabindex="0" role="region" aria-label=${here?.label ?? nothing}>${here?.body}</div>
    </main>`;
  }
}

/** On a narrow screen the sections are one line that scrolls: the one that is shown comes into sight. */
export function revealSection(root: ParentNode): void {
  root
    .querySelector(".sections [aria-current]")
    ?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
}

/** A page that is not for whoever is signed in: whom it is for, and what to do instead. */
export const lockedPage = (heading: string, forWhom: string, instead: string): TemplateResult =>
  html`<main class="stage">
    <header class="stage-head"><h1>${heading}</h1></header>
    <div class="empty">
      ${emptyArt("locked")}
      <h2>${forWhom}</h2>
      <p>${instead}</p>
    </div>
  </main>`;
