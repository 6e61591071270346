import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { View } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { tabs } from "@sidedesk/ui/tabs.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { pencilIcon, plusIcon, trash2Icon, userIcon, usersIcon } from "@sidedesk/ui/icons";
import type { MenuChooseEvent, MenuItem } from "@sidedesk/ui/menu";
import "@sidedesk/ui/menu";
import { problemLine } from "@sidedesk/ui/surfaces";
import { go, paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { dialogHead } from "../shell/dialog-head.ts";
import { dialogStyles } from "../shell/dialog.styles.ts";
import { sessionContext, ticketListContext, toastsContext, viewsContext } from "../shell/contexts.ts";
import { filterFromView, filterSearch } from "../shell/filter.ts";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import type { Toasts } from "../shell/toasts.ts";
import { countWords, type Views } from "../shell/views.ts";
import { problemWords } from "../shell/words.ts";

const styles = css`
  .tabs {
    padding-inline: var(--sd-5);
    align-items: center;
  }
  .tabs a {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    white-space: nowrap;
  }
  .num {
    font-weight: 400;
    color: var(--sd-muted);
  }
  .tabs > :is(.icon-button, sd-menu) {
    flex: none;
  }
  dialog {
    --dialog: 400px;
  }
  .shared {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: var(--sd-target);
  }
  @media (max-width: 767.98px) {
    .tabs {
      padding-inline: var(--sd-4);
    }
  }
`;

/**
 * @summary The views of the queue as tabs: those everybody has, those saved, and the way to save what is on show.
 */
export class QueueViews extends BaseElement {
  static override styles = [base, buttons, fields, tabs, dense, dialogStyles, styles];

  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: ticketListContext }) private list!: TicketList;
  @consume({ context: viewsContext }) private views!: Views;
  @consume({ context: toastsContext }) private toasts!: Toasts;
  /** The view that is being renamed; null for a new one. */
  @state() private renamed: View | null = null;
  @state() private problem = "";
  @state() private isBusy = false;
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("form") private form!: HTMLFormElement;

  constructor() {
    super();
    new Watch(this, () => this.views);
    new Watch(this, () => this.list);
  }

  override render() {
    const here = filterSearch(this.list.filter);
    const shown = this.views.shown(this.list.filter);
    const standing = this.views.standing();
    const isKnown = shown !== undefined || standing.some((view) => view.search === here);
    const tab = (search: string, label: string, count: string | null): TemplateResult =>
      html`<a href=${paths.queue(search)} aria-current=${here === search ? "true" : nothing}
        >${label}${count === null ? nothing : html`<span class="num">${count}</span>`}</a
      >`;
    return html`<nav class="tabs" aria-label=${msg("Views of the queue")}>
        ${standing.map(({ search, label, count }) => tab(search, label, count === null ? null : figure(count, locale())))}
        ${this.views.all.map((view) => tab(this.views.searchOf(view), view.name, countWords(view.count)))}
        ${
          shown && this.views.mayChange(shown)
            ? html`<sd-menu
                button-class="icon-button icon-button-s"
                label=${msg(str`View ${shown.name}: rename, share, delete`)}
                .items=${this.items(shown)}
                @sidedesk-menu-choose=${(event: MenuChooseEvent) => this.handleMenu(event.item, shown)}
              ></sd-menu>`
            : nothing
        }${
          this.session.canWrite && !isKnown
            ? html`<button
                class="icon-button icon-button-s"
                type="button"
                aria-label=${msg("Save this view")}
                title=${msg("Save this view")}
                @click=${() => this.edit(null)}
              >
                ${icon(plusIcon)}
              </button>`
            : nothing
        }
      </nav>
      ${this.renderDialog()}`;
  }

  private renderDialog(): TemplateResult {
    return html`<dialog aria-labelledby="title">
      <form novalidate @submit=${this.handleSubmit}>
        ${dialogHead(this.renamed ? msg("Rename the view") : msg("Save this view"), () => this.dialog.close())}
        <div class="body">
          <div class="field">
            <label for="name">${msg("Name")}</label>
            <input
              class="input"
              id="name"
              name="name"
              maxlength="80"
              autocomplete="off"
              aria-invalid=${this.problem ? "true" : nothing}
              aria-describedby=${this.problem ? "name-problem" : nothing}
            />
            <div role="alert">${problemLine("name-problem", this.problem)}</div>
          </div>
          <label class="shared"
            ><input class="check" type="checkbox" name="shared" />${msg("Everybody on this site sees it")}</label
          >
        </div>
        <footer>
          <button class="button" type="button" @click=${() => this.dialog.close()}>${msg("Cancel")}</button
          ><button class="button button-primary" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
            ${msg("Save view")}
          </button>
        </footer>
      </form>
    </dialog>`;
  }

  private items(view: View): MenuItem[] {
    return [
      { id: "rename", label: msg("Rename"), lead: icon(pencilIcon) },
      view.shared
        ? { id: "own", label: msg("Only for me"), lead: icon(userIcon) }
        : { id: "share", label: msg("Share with everybody"), lead: icon(usersIcon) },
      { id: "delete", label: msg("Delete"), lead: icon(trash2Icon), tone: "error" },
    ];
  }

  private async handleMenu(item: string, view: View): Promise<void> {
    if (item === "rename") return this.edit(view);
    await this.try(async () => {
      if (item !== "delete") return this.views.update(view.id, { shared: item === "share" });
      await this.views.remove(view.id);
      const again = () => void this.try(() => this.views.create(view.name, filterFromView(view), view.shared));
      this.toasts.show(msg(str`${view.name} is deleted.`), { action: { label: msg("Undo"), run: again } });
      go(paths.queue(), { replace: true });
    });
  }

  private async edit(view: View | null): Promise<void> {
    this.renamed = view;
    this.problem = "";
    await this.updateComplete;
    this.form.querySelector<HTMLInputElement>("[name=name]")!.value = view?.name ?? "";
    this.form.querySelector<HTMLInputElement>("[name=shared]")!.checked = view?.shared ?? false;
    this.dialog.showModal();
    this.form.querySelector<HTMLInputElement>("[name=name]")!.focus();
  }

  private readonly handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    const name = textOf(this.form, "name").trim();
    const shared = this.form.querySelector<HTMLInputElement>("[name=shared]")!.checked;
    if (!name) {
      this.problem = msg("Give it a name.");
      return this.focusOn("#name");
    }
    this.isBusy = true;
    try {
      if (this.renamed) await this.views.update(this.renamed.id, { name, shared });
      else await this.views.create(name, this.list.filter, shared);
      this.dialog.close();
    } catch (error) {
      this.problem = problemWords(error).words;
    }
    this.isBusy = false;
  };

  private async try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.toasts.show(problemWords(error).words, { isProblem: true });
    }
  }
}
customElements.define("desk-queue-views", QueueViews);
