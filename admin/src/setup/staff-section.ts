import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Role, StaffMember } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import type { SelectChangeEvent, SelectOption } from "@sidedesk/ui/select-element";
import "../shell/select.ts";
import { directoryContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { textOf } from "../shell/forms.ts";
import { SetupSection } from "./section.ts";

/**
 * @summary Who answers: everybody with their role, and the form that invites somebody.
 */
export class StaffSection extends SetupSection {
  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private people: StaffMember[] = [];

  protected async fetch(): Promise<void> {
    this.people = (await this.session.client.staff.list({ limit: 100 })).data;
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
                ${this.offered().map((role) => html`<option value=${role} ?selected=${role === "agent"}>${this.roleWord(role)}</option>`)}</select
              >${icon(chevronDownIcon)}
            </div>
          </div>
        </div>
        ${this.renderProblem("invite")}
        <div><button class="button button-primary" type="submit">${msg("Send invitation")}</button></div>
      </form>`;
  }

  private renderPerson(one: StaffMember): TemplateResult {
    const isMe = one.id === this.session.staff?.id;
    const isFixed = isMe || (one.role === "owner" && this.session.role !== "owner");
    const options: SelectOption[] = [...new Set([...this.offered(), one.role])].map((role) => ({
      value: role,
      label: this.roleWord(role),
    }));
    return html`<li class="row-line">
      ${avatar(one.name)}<span class="grow"
        ><span class="truncate"
          ><b>${one.name}</b>${isMe ? html`<span class="meta">, ${msg("you")}</span>` : nothing}</span
        ><span class="meta truncate">${one.email}</span></span
      >
      ${one.invited ? html`<span class="chip">${msg("Invited")}</span>` : one.disabled ? html`<span class="chip" data-tone="error">${msg("No access")}</span>` : nothing}
      <desk-select
        small
        label=${msg(str`Role of ${one.name}`)}
        .value=${one.role}
        .options=${options}
        ?disabled=${isFixed}
        @sidedesk-select-change=${(event: SelectChangeEvent) => this.change(one, { role: event.value as Role })}
      ></desk-select>
      ${
        isFixed
          ? nothing
          : html`<button
              class="button button-s"
              type="button"
              @click=${() => this.change(one, { disabled: !one.disabled })}
            >
              ${one.disabled ? msg("Give access") : msg("Take access away")}
            </button>`
      }
    </li>`;
  }

  private offered(): Role[] {
    return this.session.role === "owner" ? ["owner", "admin", "agent", "viewer"] : ["admin", "agent", "viewer"];
  }

  private roleWord(role: Role): string {
    if (role === "owner") return msg("Owner");
    if (role === "admin") return msg("Admin");
    return role === "agent" ? msg("Agent") : msg("Viewer");
  }

  private async change(one: StaffMember, patch: { role?: Role; disabled?: boolean }): Promise<void> {
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
