import { msg } from "@lit/localize";
import type { SiteKey } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { comma, shortDate } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon, copyIcon, trash2Icon } from "@sidedesk/ui/icons";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { keyKindWord } from "../shell/set-up-words.ts";
import { SetupSection } from "./section.ts";

/**
 * @summary The site's keys, and the line that puts the widget into a page.
 */
export class KeysSection extends SetupSection {
  @state() private keys: SiteKey[] = [];
  /** A key that can be read this once. */
  @state() private fresh: SiteKey | null = null;
  @state() private leaving: SiteKey | null = null;
  @query("dialog") private dialog!: HTMLDialogElement;

  protected async fetch(): Promise<void> {
    this.keys = (await this.session.client.sites.keys(this.session.slug!)).data;
  }

  protected renderLoaded() {
    const publicKey = this.keys.find((one) => one.kind === "public")?.key;
    const snippet = `<script async src="${location.origin}/widget.js" data-site="${publicKey ?? "pk_…"}"></script>`;
    return html`<section>
        <h2>${msg("Embed")}</h2>
        <p class="meta">
          ${publicKey ? msg("Paste this once, before the end of the page.") : msg("Make a public key first; it goes into this line.")}
        </p>
        <code class="code" tabindex="0">${snippet}</code>
        <div>
          <button class="button" type="button" ?disabled=${!publicKey} @click=${() => this.copy(snippet)}>
            ${icon(copyIcon)}${msg("Copy")}
          </button>
        </div>
      </section>
      <section>
        <h2>${msg("Keys")}</h2>
        ${
          this.keys.length
            ? html`<ul class="card">
                ${this.keys.map((key) => this.renderKey(key))}
              </ul>`
            : html`<p>${msg("No keys yet.")}</p>`
        }
        ${this.fresh ? this.renderFresh(this.fresh) : nothing}
        <form class="pair" @submit=${this.handleCreate}>
          <div class="field">
            <label for="kind">${msg("Kind")}</label>
            <div class="select">
              <select class="input" id="kind" name="kind">
                <option value="public">${keyKindWord("public")}</option>
                <option value="identity">${keyKindWord("identity")}</option>
                <option value="secret">${keyKindWord("secret")}</option></select
              >${icon(chevronDownIcon)}
            </div>
          </div>
          <div class="field">
            <label for="label">${msg("What it is for")}</label
            ><input class="input" id="label" name="label" required maxlength="100" />
          </div>
          <div><button class="button button-primary" type="submit">${msg("Make a key")}</button></div>
        </form>
        ${this.renderProblem("keys")}
      </section>
      ${this.renderDialog()}`;
  }

  private renderKey(key: SiteKey): TemplateResult {
    return html`<li class="row-line">
      <span class="grow"
        ><span class="truncate"><b>${key.label}</b></span
        ><span class="meta truncate"
          >${keyKindWord(key.kind)}${comma(locale())}${shortDate(key.createdAt, locale())}${key.key && key.kind === "public" ? html`${comma(locale())}<span class="mono">${key.key}</span>` : nothing}</span
        ></span
      >
      <button
        class="icon-button"
        type="button"
        aria-label="${msg("Delete")} ${key.label}"
        @click=${() => this.ask(key)}
      >
        ${icon(trash2Icon)}
      </button>
    </li>`;
  }

  private renderFresh(key: SiteKey): TemplateResult {
    return html`<div class="once" role="status">
      <b>${msg("Copy it now. It is not shown again.")}</b>
      <code class="code" tabindex="0">${key.key}</code>
      <div class="line">
        <button class="button" type="button" @click=${() => this.copy(key.key ?? "")}>
          ${icon(copyIcon)}${msg("Copy")}</button
        ><button class="button button-quiet" type="button" @click=${() => (this.fresh = null)}>
          ${msg("I have it")}
        </button>
      </div>
    </div>`;
  }

  private renderDialog(): TemplateResult {
    const label = this.leaving?.label ?? "";
    return html`<dialog class="menu" aria-labelledby="ask" @close=${() => (this.leaving = null)}>
      <form method="dialog" @submit=${this.handleRemove}>
        <h2 id="ask">${msg("Delete")} ${label}?</h2>
        <p>${msg("Whatever uses this key stops working at once.")}</p>
        <div class="line">
          <button class="button button-danger" type="submit">${msg("Delete key")}</button
          ><button class="button" type="button" @click=${() => this.dialog.close()}>${msg("Keep it")}</button>
        </div>
      </form>
    </dialog>`;
  }

  private async copy(text: string): Promise<void> {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    this.toasts.show(isCopied ? msg("Copied.") : msg("The browser did not allow copying. Mark it and copy by hand."));
  }

  private async ask(key: SiteKey): Promise<void> {
    this.leaving = key;
    await this.updateComplete;
    this.dialog.showModal();
  }

  private readonly handleCreate = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    await this.try("keys", async () => {
      const key = await this.session.client.sites.createKey(this.session.slug!, {
        kind: textOf(form, "kind") as SiteKey["kind"],
        label: textOf(form, "label"),
      });
      this.fresh = key.kind === "public" ? null : key;
      await this.fetch();
      form.reset();
    });
  };

  private readonly handleRemove = async (): Promise<void> => {
    const { id } = this.leaving!;
    await this.try(
      "keys",
      async () => {
        await this.session.client.sites.removeKey(this.session.slug!, id);
        if (this.fresh?.id === id) this.fresh = null;
        await this.fetch();
      },
      msg("Key deleted."),
    );
  };
}
customElements.define("desk-setup-keys", KeysSection);
