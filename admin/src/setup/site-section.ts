import { msg, str } from "@lit/localize";
import type { Settings, Site } from "@sidedesk/contract";
import { html } from "lit";
import { state } from "lit/decorators.js";
import { icon } from "@sidedesk/ui/icon";
import { globeIcon, xIcon } from "@sidedesk/ui/icons";
import { textOf } from "../shell/forms.ts";
import { SetupSection } from "./section.ts";

/**
 * @summary The site's name, the pages on which its widget may stand, and who may come in by the portal.
 */
export class SiteSection extends SetupSection {
  @state() private site!: Site;
  @state() private portal: Settings["portal"] = {};

  protected async fetch(): Promise<void> {
    const { client, slug } = this.session;
    const [site, settings] = await Promise.all([client.sites.get(slug!), client.sites.settings(slug!)]);
    this.site = site;
    this.portal = settings.portal;
  }

  protected renderLoaded() {
    return html`<form @submit=${this.handleName}>
        <h2>${msg("Site")}</h2>
        <div class="pair">
          <div class="field">
            <label for="name">${msg("Name")}</label
            ><input class="input" id="name" name="name" required maxlength="100" .value=${this.site.name} />
          </div>
          <div class="field">
            <label for="locale">${msg("Language")}</label
            ><input class="input" id="locale" name="locale" required maxlength="35" .value=${this.site.locale} />
          </div>
          <div class="field">
            <label for="timezone">${msg("Time zone")}</label
            ><input class="input" id="timezone" name="timezone" required maxlength="64" .value=${this.site.timezone} />
          </div>
        </div>
        ${this.renderProblem("name")}
        <div><button class="button button-primary" type="submit">${msg("Save")}</button></div>
      </form>
      <section>
        <h2>${msg("Origins")}</h2>
        <p class="meta">
          ${msg("Only pages of these origins may use the widget. An origin is scheme and host, such as https://www.example.com.")}
        </p>
        ${
          this.site.origins.length
            ? html`<ul class="card">
                ${this.site.origins.map(
                  (origin) =>
                    html`<li class="row-line">
                      ${icon(globeIcon)}<span class="grow mono truncate">${origin}</span
                      ><button
                        class="icon-button"
                        type="button"
                        aria-label=${msg(str`Remove ${origin}`)}
                        @click=${() => this.handleRemove(origin)}
                      >
                        ${icon(xIcon)}
                      </button>
                    </li>`,
                )}
              </ul>`
            : html`<p>${msg("None yet: the widget answers on no page.")}</p>`
        }
        <form class="line" @submit=${this.handleAdd}>
          <input
            class="input grow"
            name="origin"
            type="url"
            required
            maxlength="253"
            placeholder="https://www.example.com"
            aria-label=${msg("New origin")}
          />
          <button class="button" type="submit">${msg("Add origin")}</button>
        </form>
        ${this.renderProblem("origins")}
      </section>
      <section>
        <h2>${msg("Portal")}</h2>
        <p class="meta">
          ${msg("Customers come in by the links in your mails, or by an account of their own, once they have shown that the address is theirs.")}
          <a href="/portal/${this.site.slug}" target="_blank" rel="noopener">${msg("Open the portal")}</a>
        </p>
        <label class="toggle"
          ><input
            class="check"
            type="checkbox"
            name="registration"
            .checked=${this.portal.registration !== false}
            @change=${this.handleRegistration}
          />${msg("Anybody may create an account")}</label
        >
        ${this.renderProblem("portal")}
      </section>`;
  }

  private async save(place: string, patch: Partial<Site>, done: string): Promise<boolean> {
    return this.try(
      place,
      async () => (this.site = await this.session.client.sites.update(this.site.slug, patch)),
      done,
    );
  }

  private readonly handleName = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const text = (name: string) => textOf(event.target, name);
    await this.save("name", { name: text("name"), locale: text("locale"), timezone: text("timezone") }, msg("Saved."));
  };

  private readonly handleRegistration = async ({ target }: Event): Promise<void> => {
    const box = target as HTMLInputElement;
    const portal = { registration: box.checked };
    const isSaved = await this.try(
      "portal",
      async () => {
        const saved = await this.session.client.sites.updateSettings(this.session.slug!, { portal });
        this.portal = saved.portal;
      },
      msg("Saved."),
    );
    if (!isSaved) box.checked = this.portal.registration !== false;
  };

  private readonly handleAdd = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const origin = textOf(form, "origin").trim().replace(/\/$/, "");
    if (await this.save("origins", { origins: [...this.site.origins, origin] }, msg("Origin added."))) form.reset();
  };

  private async handleRemove(origin: string): Promise<void> {
    const { origins } = this.site;
    const isDone = await this.save("origins", { origins: origins.filter((one) => one !== origin) }, "");
    if (isDone)
      this.toasts.show(msg("Origin removed."), {
        action: { label: msg("Undo"), run: () => void this.save("origins", { origins }, "") },
      });
  }
}
customElements.define("desk-setup-site", SiteSection);
