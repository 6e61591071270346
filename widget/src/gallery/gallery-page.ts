import { BaseElement } from "@sidedesk/ui/base-element";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { chevronDownIcon } from "@sidedesk/ui/core-icons";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon } from "@sidedesk/ui/icon";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { type Choice, elements, languages, readChoice, statesOf, themes, widths } from "./choices.ts";
import { docsView } from "./docs-view.ts";
import { galleryStyles } from "./gallery-page.styles.ts";
import { type ElementDocs, loadDocs } from "./manifest.ts";

const words: Record<string, string> = {
  filled: "Filled",
  loading: "Loading",
  empty: "Empty",
  error: "Error",
  offline: "Offline",
  "signed-out": "Signed out",
  visitor: "Visitor",
  closed: "Closed",
  system: "As the system",
  light: "Light",
  dark: "Dark",
  full: "All there is",
};

/** The page around the stage. What it shows stands in its address, so that every view of it can be sent. */
export class GalleryPage extends BaseElement {
  static override styles = [...(BaseElement.styles as []), buttons, fields, surfaces, galleryStyles];

  @state() private choice: Choice = readChoice(location.search);
  @state() private docs: Map<string, ElementDocs> | null = null;
  @state() private isMissing = false;
  /** What the element on the stage said last, newest first. */
  @state() private heard: { name: string; detail: string }[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("popstate", this.#handleAddress);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("popstate", this.#handleAddress);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("choice")) return;
    const { element, theme } = this.choice;
    document.title = `<${element}> – Sidedesk`;
    document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
    this.heard = [];
  }

  override render() {
    const { element, width } = this.choice;
    const address = `/docs/elements/stage?${new URLSearchParams({ ...this.choice }).toString()}`;
    // A frame that only changed its address would be a step of its own on the way back.
    return html`<header>
        <h1>Elements</h1>
        <a href="/docs">API</a>
      </header>
      <main>
        <form class="choices" aria-label="What is shown" @submit=${(event: Event) => event.preventDefault()}>
          ${this.#select(
            "element",
            "Element",
            elements.map((tag) => [tag, `<${tag}>`]),
          )}
          ${this.#select(
            "state",
            "State",
            statesOf(element).map((name) => [name, words[name] ?? name]),
          )}
          ${this.#select(
            "theme",
            "Theme",
            themes.map((name) => [name, words[name] ?? name]),
          )}
          ${this.#select("language", "Language", Object.entries(languages))}
          ${this.#select(
            "width",
            "Width",
            widths.map((name) => [name, words[name] ?? `${name} px`]),
          )}
        </form>
        <div class="floor" tabindex="0" role="region" aria-label="Stage">
          ${keyed(
            address,
            html`<iframe
              class=${width === "full" ? "full" : `w${width}`}
              src=${address}
              title=${`<${element}>, ${words[this.choice.state] ?? ""}`}
              @load=${this.#handleStage}
            ></iframe>`,
          )}
        </div>
        <p class="hint"><a href=${address} target="_blank">Open it alone</a></p>
        <section aria-labelledby="heard" class="heard">
          <h2 id="heard">What it said</h2>
          <ol aria-live="polite">
            ${this.heard.map(({ name, detail }) => html`<li><code>${name}</code> ${detail ? html`<code>${detail}</code>` : nothing}</li>`)}
          </ol>
          ${this.heard.length === 0 ? html`<p class="hint">Use it, and its events are listed here.</p>` : nothing}
        </section>
        ${this.#renderDocs()}
      </main>`;
  }

  #renderDocs(): TemplateResult {
    if (this.isMissing)
      return html`<p role="alert">
        The description could not be loaded.
        <button class="button" type="button" @click=${() => void this.#load()}>Try again</button>
      </p>`;
    const docs = this.docs?.get(this.choice.element);
    return docs ? docsView(docs) : html`<p class="hint">Loading its description</p>`;
  }

  #select(name: keyof Choice, label: string, options: [value: string, word: string][]): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <span class="select"
        ><select class="input" id=${name} name=${name} @change=${this.#handleChoice}>
          ${options.map(([value, word]) => html`<option value=${value} ?selected=${this.choice[name] === value}>${word}</option>`)}</select
        >${icon(chevronDownIcon)}</span
      >
    </div>`;
  }

  async #load(): Promise<void> {
    this.isMissing = false;
    try {
      this.docs = await loadDocs();
    } catch {
      this.isMissing = true;
    }
  }

  readonly #handleChoice = (event: Event): void => {
    const { name, value } = event.target as HTMLSelectElement;
    const wanted = new URLSearchParams({ ...this.choice, [name]: value });
    this.choice = readChoice(wanted.toString());
    history.pushState(null, "", `?${new URLSearchParams({ ...this.choice }).toString()}`);
  };

  readonly #handleAddress = (): void => {
    this.choice = readChoice(location.search);
  };

  readonly #handleStage = (event: Event): void => {
    const stage = (event.target as HTMLIFrameElement).contentDocument;
    for (const { name } of this.docs?.get(this.choice.element)?.events ?? [])
      stage?.addEventListener(name, (said) => {
        const { detail } = said as CustomEvent<unknown>;
        this.heard = [{ name, detail: detail === undefined ? "" : JSON.stringify(detail) }, ...this.heard].slice(0, 8);
      });
  };
}
