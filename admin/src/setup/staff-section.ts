import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Role, StaffMember } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { comma, figure } from "@sidedesk/ui/format";
import type { MenuChooseEvent, MenuItem } from "@sidedesk/ui/menu";
import "@sidedesk/ui/menu";
import type { SelectChangeEvent, SelectOption } from "@sidedesk/ui/select-element";
import "../shell/select.ts";
import { directoryContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { everyPage } from "../shell/every-page.ts";
import { roleWord } from "../shell/set-up-words.ts";
import { SetupSection } from "./section.ts";

/**
 * @summary Who answers: everybody with their role, and the form that invites somebody.
 */
export class StaffSection extends SetupSection {
  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private people: StaffMember[] = [];
  @state() private openOf = new Map<string, number>();
  @state() private leaving: StaffMember | null = null;
  @query("dialog") private dialog!: HTMLDialogElement;

  protected async fetch(): Promise<void> {
    const { client } = this.session;
    const [people, load] = await Promise.all([everyPage((page) => client.staff.list(page)), client.teams.load()]);
    this.people = people;
    this.openOf = new Map(load.staff.map((one) => [one.id, one.openTickets]));
  }

  protected renderLoaded() {
    return html`<section>
        <h2>${msg("Staff")}</h2>
        <ul class="card">
          ${this.people.map((one) => this.renderPerson(one))}
        </ul>
        ${this.renderProblem("people")}
      </section>
      <form @submit=${this.handleInvite}>
        <h2>${msg("Invite somebody")}</h2>
        <p class="meta">${msg("They get a mail with a link to choose a password.")}</p>
        <div class="pair">
          <div class="field">
            <label for="name">${msg("Name")}</label
            ><input class="input" id="name" name="name" required maxlength="100" autocomplete="off" />
          </div>
          <div class="field">
            <label for="email">${msg("Email")}</label
            ><input class="input" id="email" name="email" type="email" required maxlength="254" autocomplete="off" />
          </div>
          <div class="field">
            <label for="role">${msg("Role")}</label>
            <div class="select">
              <select class="input" id="role" name="role">
                ${this.offered().map((role) => html`<option value=${role} ?selected=${role === "agent"}>${roleWord(role)}</option>`)}</select
              >${icon(chevronDownIcon)}
            </div>
          </div>
        </div>
        ${this.renderProblem("invite")}
        <div><button class="button button-primary" type="submit">${msg("Send invitation")}</button></div>
      </form>
      ${this.renderDialog()}`;
  }

  private renderPerson(one: StaffMember): TemplateResult {
    const isMe = one.id === this.session.staff?.id;
    const count = this.openOf.get(one.id) ?? 0;
    const isFixed = isMe || (one.role === "owner" && this.session.role !== "owner");
    const options: SelectOption[] = [...new Set([...this.offered(), one.role])].map((role) => ({
      value: role,
      label: roleWord(role),
    }));
    return html`<li class="row-line">
      ${avatar(one.name)}<span class="grow"
        ><span class="truncate"
          ><b>${one.name}</b>${isMe ? html`<span class="meta">${comma(locale())}${msg("you")}</span>` : nothing}</span
        ><span class="meta truncate"
          >${one.email}${comma(locale())}${count === 1 ? msg("1 open") : msg(str`${figure(count, locale())} open`)}</span
        ></span
      >
      ${this.renderStanding(one)}
      <desk-select
        small
        label=${msg(str`Role of ${one.name}`)}
        .value=${one.role}
        .options=${options}
        ?disabled=${isFixed}
        @sidedesk-select-change=${(event: SelectChangeEvent) => this.change(one, { role: event.value as Role })}
      ></desk-select>
      <sd-menu
        label=${msg(str`More about ${one.name}`)}
        .items=${this.itemsFor(one, isFixed)}
        @sidedesk-menu-choose=${(event: MenuChooseEvent) => this.handleItem(one, event.item)}
      ></sd-menu>
    </li>`;
  }

  private renderStanding(one: StaffMember): TemplateResult | typeof nothing {
    if (one.disabled) return html`<span class="chip" data-tone="error">${msg("No access")}</span>`;
    if (one.invited) return html`<span class="chip">${msg("Invited")}</span>`;
    return one.away ? html`<span class="chip" data-tone="warning">${msg("Away")}</span>` : nothing;
  }

  /** What may be done about somebody; of oneself and of owners above one only what is allowed. */
  private itemsFor(one: StaffMember, isFixed: boolean): MenuItem[] {
    const isAbove = one.role === "owner" && this.session.role !== "owner";
    return [
      { id: "away", label: one.away ? msg("Is back") : msg("Is away"), disabled: isAbove },
      { id: "access", label: one.disabled ? msg("Give access") : msg("Take access away"), disabled: isFixed },
      { id: "remove", label: msg("Remove from the staff"), tone: "error", disabled: isFixed },
    ];
  }

  private handleItem(one: StaffMember, item: string): void {
    if (item === "away") void this.change(one, { away: !one.away });
    else if (item === "access") void this.change(one, { disabled: !one.disabled });
    else void this.ask(one);
  }

  private renderDialog(): TemplateResult {
    const name = this.leaving?.name ?? "";
    return html`<dialog class="menu" aria-labelledby="ask">
      <form method="dialog" @submit=${this.handleRemove}>
        <h2 id="ask">${msg(str`Remove ${name} from the staff?`)}</h2>
        <p>${msg("They are signed out at once, and their open tickets are nobody's. What they wrote stays.")}</p>
        <div class="line">
          <button class="button button-danger" type="submit">${msg("Remove")}</button
          ><button class="button" type="button" @click=${() => this.dialog.close()}>${msg("Keep them")}</button>
        </div>
      </form>
    </dialog>`;
  }

  private async ask(one: StaffMember): Promise<void> {
    this.leaving = one;
    await this.updateComplete;
    this.dialog.showModal();
  }

  private readonly handleRemove = async (): Promise<void> => {
    const { id } = this.leaving!;
    await this.try(
      "people",
      async () => {
        await this.session.client.staff.remove(id);
        await this.fetch();
      },
      msg("Removed."),
    );
    void this.directory.load();
  };

  private offered(): Role[] {
    return this.session.role === "owner" ? ["owner", "admin", "agent", "viewer"] : ["admin", "agent", "viewer"];
  }

  private async change(one: StaffMember, patch: { role?: Role; disabled?: boolean; away?: boolean }): Promise<void> {
    await this.try(
      "people",
      async () => {
        await this.session.client.staff.update(one.id, patch);
      },
      msg("Saved."),
    );
    await this.fetch().catch(() => {}); // refused or not: what the desk holds is shown
    void this.directory.load();
  }

  private readonly handleInvite = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const email = textOf(form, "email");
    await this.try(
      "invite",
      async () => {
        await this.session.client.staff.invite({
          email,
          name: textOf(form, "name"),
          role: textOf(form, "role") as Role,
        });
        await this.fetch();
        form.reset();
      },
      msg(str`Invitation sent to ${email}.`),
    );
  };
}
customElements.define("desk-setup-staff", StaffSection);
